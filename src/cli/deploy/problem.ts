/** Why a deploy ended, in a closed set; each has its sentence below. */
export type Reason =
  | "no-ssh"
  | "no-adb"
  | "name"
  | "refused"
  | "unreachable"
  | "timeout"
  | "auth"
  | "host-key-changed"
  | "host-key-unknown"
  | "old-crypto"
  | "cut"
  | "cut-late"
  | "ssh-other"
  | "adb-none"
  | "adb-several"
  | "adb-unauthorized"
  | "adb-other"
  | "no-koreader"
  | "several"
  | "no-device-there"
  | "no-mount"
  | "no-usb"
  | "several-usb"
  | "unplugged"
  | "space"
  | "read-only"
  | "denied"
  | "no-tar"
  | "differs"
  | "changed"
  | "rename"
  | "write"
  | "no-previous"
  | "broken-previous"
  | "no-plugin"
  | "not-as-listed"
  | "usage";

export interface Problem {
  readonly why: Reason;
  /** What the reason is about: a folder, a file, the words of another program. */
  readonly detail?: string;
}

/** An end that the user can do something about. Its message is the whole of what is printed. */
export class DeployProblem extends Error {
  readonly why: Reason;

  constructor({ why, detail = "" }: Problem) {
    super(SENTENCES[why](detail));
    this.name = "DeployProblem";
    this.why = why;
  }

  /** 2 when what was typed cannot be meant, or not without saying more. */
  get exitCode(): 1 | 2 {
    return this.why === "usage" || this.why === "several" || this.why === "several-usb" ? 2 : 1;
  }
}

const STILL = "The version that was there still works";
const AGAIN = "run the same command again";
const quote = (words: string) => (words === "" ? "" : ` (${words})`);

const SENTENCES: Readonly<Record<Reason, (detail: string) => string>> = {
  "no-ssh": () =>
    "There is no ssh program on this computer: install OpenSSH's client (Debian: apt-get install openssh-client).",
  "no-adb": () =>
    "There is no adb program on this computer: install it (Debian: apt-get install adb), or copy by cable.",
  name: host =>
    `No device is called ${host}. Use the address that the device shows: in KOReader, Settings › Network › SSH server.`,
  refused: host =>
    `${host} is there, but no SSH server answers. Start it on the device (KOReader: Settings › Network › SSH server); KOReader's own listens on port 2222 unless you chose another: --port.`,
  unreachable: host =>
    `There is no way to ${host}. Are the device and this computer in the same network, and is its Wi-Fi on?`,
  timeout: host => `${host} does not answer. Is the device awake, is its Wi-Fi on, and is this its address?`,
  auth: host =>
    `${host} did not let you in. Log in as root (PocketBook: as reader), with the password or a key (--identity FILE). KOReader's SSH server takes keys from settings/SSH/authorized_keys in its folder, and any password when “Login without password” is on.`,
  "host-key-changed": command =>
    `The device shows another host key than last time. KOReader's SSH server makes new keys when KOReader is installed anew, and another device may have got this address; but somebody could also stand between you and the device. If you know why it changed, forget the old key and ${AGAIN}:\n  ${command}`,
  "host-key-unknown": host =>
    `This computer does not know the host key of ${host} yet, and there is no terminal to ask you on. Connect once with ssh and compare what it shows, or add --accept-new-host-key.`,
  "old-crypto": words =>
    `The device's SSH server only speaks algorithms that your ssh has given up${quote(words)}. Use KOReader's own SSH server (port 2222), or allow them for this host in ~/.ssh/config (HostKeyAlgorithms +ssh-rsa).`,
  cut: () => `The connection broke. ${STILL}; ${AGAIN}.`,
  "cut-late": () =>
    `The connection broke after everything was copied, before the device answered: it has the old version or the new one, whole. To be sure, ${AGAIN}.`,
  "ssh-other": words => `ssh failed: ${words}`,
  "adb-none": () => "adb sees no device. Switch on USB debugging in its developer options, and plug it in.",
  "adb-several": serials => `adb sees several devices: say which one with --adb SERIAL (${serials}).`,
  "adb-unauthorized": () => "The device has not allowed this computer yet: confirm the question on its screen.",
  "adb-other": words => `adb failed: ${words}`,
  "no-koreader": places => `There is no KOReader. Looked in:\n${places}\nSay where its plugins are with --folder.`,
  several: places => `There is more than one KOReader: say which one with --device, or with --folder.\n${places}`,
  "no-device-there": detail => detail,
  "no-mount": path => `There is no folder ${path}. Is the device plugged in, and mounted?`,
  "no-usb": () =>
    "No e-reader with KOReader is mounted here. Plug it in, choose to share its storage on its screen, and open it in your file manager once.",
  "several-usb": places => `More than one e-reader is mounted: name one.\n${places}`,
  unplugged: words => `The device went away while it was written${quote(words)}. Plug it in again; then ${AGAIN}.`,
  space: detail => `There is not enough room on the device${quote(detail)}. Remove a book or two. ${STILL}.`,
  "read-only": () =>
    `The device's storage is read-only just now. Restart the device, and where that does not help, let a computer check its file system. ${STILL}.`,
  denied: words => `The device does not let you write there${quote(words)}. ${STILL}.`,
  "no-tar": words => `The device has no tar program to unpack with${quote(words)}. Copy the plugin by cable instead.`,
  differs: file => `${file} did not arrive as it was sent. ${STILL}; ${AGAIN}.`,
  changed: words =>
    `Something changed on the device meanwhile${quote(words)}; is another deploy at work? ${STILL}; ${AGAIN}.`,
  rename: words => `The device refused to rename a folder${quote(words)}. What was done is undone.`,
  write: words => `The device could not write${quote(words)}. ${STILL}.`,
  "no-previous": () => "There is no previous version on the device: nothing to go back to.",
  "broken-previous": () =>
    "The previous version on the device is not whole: it stays where it is. Deploy again instead.",
  "no-plugin": dir => `${dir} holds no built plugin: run npm run build.`,
  "not-as-listed": file => `${file} is not what the plugin's release.json lists: build it again (npm run build).`,
  usage: words => words,
};

/** What the words of a system's error mean ("No space left on device"): the same in Linux, BusyBox and Node. */
export function reasonOfWords(words: string, otherwise: Reason): Problem {
  const is = (pattern: RegExp) => pattern.test(words);
  if (is(/no space left|ENOSPC|EDQUOT|disk quota|file too large|EFBIG/i)) return { why: "space" };
  if (is(/read-only file system|EROFS/i)) return { why: "read-only" };
  if (is(/permission denied|operation not permitted|EACCES|EPERM/i)) return { why: "denied", detail: words };
  if (is(/input\/output error|no such device|EIO|ENODEV|ENXIO|not connected|ENOTCONN/i)) {
    return { why: "unplugged", detail: words };
  }
  if (is(/tar: not found|tar: inaccessible|can't execute 'tar'/i)) return { why: "no-tar", detail: words };
  return { why: otherwise, detail: words };
}
