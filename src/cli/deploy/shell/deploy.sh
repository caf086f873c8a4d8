# What `ribbon deploy` says to a device's shell, before the commands of one deploy. BusyBox is all that may be there:
# no arrays, no local variables, no options that its small builds leave out. Answers are lines that begin with @ribbon.

say() { printf '@ribbon %s\n' "$*"; }
fail() { say fail "$@"; exit 1; }
exists() { [ -e "$1" ] || [ -L "$1" ]; }

# Which check sums the device can make.
find_check() {
  for tool in sha256sum md5sum; do
    printf x | $tool >/dev/null 2>&1 && { say check $tool; return; }
  done
  say check size
}

# A line for each KOReader that runs: its process and its data folder. grep does not find itself: its own words have a
# backslash before the dot.
find_readers() {
  for file in $(grep -ls 'reader\.lua' /proc/[0-9]*/cmdline); do
    process=${file%/cmdline}
    home=$(tr '\0' '\n' <"$process/environ" 2>/dev/null | sed -n 's/^KO_HOME=//p')
    cwd=$(readlink "$process/cwd" 2>/dev/null)
    echo "${process#/proc/} ${home:-$cwd}"
  done
}

version_in() { sed -n 's/^ *version = "\([^"]*\)".*/\1/p' "$1/_meta.lua" 2>/dev/null | head -n 1; }

# What of ours is in the folder of plugins that this runs in.
describe() {
  for name in ribbon.koplugin ribbon.previous ribbon.trash ribbon.swap ribbon.new-*; do
    exists "$name" && say there "$name"
  done
  say current "$(version_in ribbon.koplugin)"
  say previous "$(version_in ribbon.previous)"
  set -- $(df -k . 2>/dev/null | tail -n 1)
  [ $# -gt 3 ] && eval "say free \${$(($# - 2))}"
  data=$(cd .. && pwd -P)
  echo "$readers" | while read -r pid home; do
    [ "$(cd "$home" 2>/dev/null && pwd -P)" = "$data" ] && say running "$pid"
  done
}

# A folder of plugins of some kind of device, where it is there and was not told of already.
look() {
  [ -d "$2" ] || return 0
  found=$(cd "$2" 2>/dev/null && pwd -P) || return 0
  case "$seen" in *"|$found|"*) return 0 ;; esac
  seen="$seen|$found|"
  say place "$1"
  say folder "$found"
  (cd "$found" && describe)
}

# A KOReader that runs in a folder that no list knows; KOReader's own SSH server stands in KOReader's folder.
look_at_readers() {
  [ -n "$KO_HOME" ] && look other "$KO_HOME/plugins"
  while read -r pid home; do
    [ -n "$home" ] && look other "$home/plugins"
  done <<EOR
$readers
EOR
  process=$PPID
  for above in 1 2 3; do
    server=$(readlink "/proc/$process/cwd" 2>/dev/null)
    [ -f "$server/reader.lua" ] && look other "$server/plugins"
    process=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$process/status" 2>/dev/null)
  done
}

# Renames, and remembers how to undo it.
undo=:
move() {
  exists "$2" && fail changed "$2"
  detail=$(mv "$1" "$2" 2>&1) || { eval "$undo"; fail rename "$detail"; }
  undo="mv '$2' '$1'; $undo"
}

clear_away() {
  detail=$(rm -rf "$1" 2>&1) || fail write "$detail"
}

# Gives up what was copied; what was there before stays.
drop() {
  rm -rf "$new"
  fail "$@"
}

# The first file that is not as it was sent. `files` prints check sum, size and name of each.
find_difference() {
  files | while read -r sum bytes name; do
    [ $(wc -c <"$new/$name") -eq "$bytes" ] 2>/dev/null || { echo "$name"; break; }
    [ "$tool" = size ] && continue
    case "$($tool "$new/$name")" in "$sum "*) ;; *) echo "$name"; break ;; esac
  done 2>/dev/null
}

# Unpacks what comes on the standard input.
copy() {
  detail=$(mkdir "$new" 2>&1) || fail write "$detail"
  say ready
  detail=$( (cd "$new" && tar -xf -) 2>&1) || drop copy "$detail"
  say step check
  difference=$(find_difference)
  [ -z "$difference" ] || drop differs "$difference"
  # A connection that came with the version before stays with the plugin.
  if [ -f ribbon.koplugin/baked.json ] && [ ! -e "$new/baked.json" ]; then
    detail=$(cp ribbon.koplugin/baked.json "$new/" 2>&1) || drop copy "$detail"
  fi
  sync
  say step swap
}

check_previous() {
  [ -f ribbon.previous/main.lua ] && [ -f ribbon.previous/_meta.lua ] || fail broken
}

# Asks through KOReader's HTTP inspector, where it is on: KOReader saves and ends with 85, which its start script takes for
# a restart. An event that is not broadcast only reaches what is on top of the screen. Else, where it is wished, ends it.
restart() {
  port=$(sed -n '/\["httpinspector"\]/,/}/s/.*\["port"\] = \([0-9]*\).*/\1/p' ../settings.reader.lua 2>/dev/null | head -n 1)
  event=/koreader/broadcast/Restart
  answer=$(wget -q -T 5 -O - "http://127.0.0.1:${port:-8080}$event" 2>/dev/null ||
    printf 'GET %s HTTP/1.0\r\n\r\n' $event | nc -w 5 127.0.0.1 "${port:-8080}" 2>/dev/null)
  case "$answer" in *"Event broadcasted"*) say restarted asked; return ;; esac
  readers=$(find_readers)
  data=$(cd .. && pwd -P)
  pids=$(echo "$readers" | while read -r pid home; do
    [ "$(cd "$home" 2>/dev/null && pwd -P)" = "$data" ] && echo "$pid"
  done)
  [ -n "$pids" ] || { say restarted not-running; return; }
  [ "$1" = kill ] && kill -TERM $pids 2>/dev/null && { say restarted ended; return; }
  say restarted cannot
}
