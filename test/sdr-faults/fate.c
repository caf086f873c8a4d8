/*
 * Preloaded into a reader: counts what it and its forked copies do to files below the folder FATE_ROOT, while the file FATE_ORDER
 * exists, and lets something happen at one of these operations. All of them share one count, in the file FATE_COUNT, which has
 * sizeof(long) bytes. The order is one line: "who what number".
 *   who:  any | parent | worker      a worker is a forked copy of the first process
 *   what: note                       writes each operation into FATE_NOTES: "who process operation path"
 *         die                        whoever does the operation of this number is killed before it
 *         half                       the same; of a writing, or a message, half of the bytes arrive before
 *         full                       from this one on, nothing more can be written, until the order is gone
 *         once                       only this one cannot be written
 * A message of a worker to its parent counts, too. Streams write at once, so that no operation is hidden in a buffer. test/support/node/sdr-fate.ts gives the orders.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static pid_t first;
static long *count = NULL;
static int busy = 0;

/* A fork inherits the mapping: the count is one for all. */
__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FATE_COUNT");
  first = getpid();
  if (path == NULL) return;
  int file = REAL(open)(path, O_RDWR);
  count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (file < 0 || count == MAP_FAILED) abort();
  close(file);
}

/* A reader may name its files from where it stands, or by way of a link: what counts is where the folder of a file really is. */
static int is_below(const char *path) {
  const char *root = getenv("FATE_ROOT");
  size_t length = root == NULL ? 0 : strlen(root);
  char copy[PATH_MAX], folder[PATH_MAX];
  if (length == 0 || path == NULL || strlen(path) >= PATH_MAX) return 0;
  strcpy(copy, path);
  if (realpath(dirname(copy), folder) == NULL) return 0;
  return strncmp(folder, root, length) == 0 && (folder[length] == '/' || folder[length] == 0);
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return length > 0;
}

static int order(char *who, char *what, long *number) {
  const char *path = getenv("FATE_ORDER");
  char text[128];
  int file = path == NULL ? -1 : REAL(open)(path, O_RDONLY);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  text[length < 0 ? 0 : length] = 0;
  return sscanf(text, "%15s %15s %ld", who, what, number) == 3;
}

static void note(const char *who, const char *operation, const char *path) {
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s %d %s %s\n", who, (int)getpid(), operation, path);
  int file = REAL(open)(getenv("FATE_NOTES"), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file < 0 || REAL(write)(file, line, length) != length) abort();
  close(file);
}

/* 0: go on; 1: only half of it, then die; 2: there is no room. */
static int fate(const char *operation, const char *path, int is_writing) {
  char who[16], what[16];
  long number;
  if (busy) return 0;
  busy = 1;
  int result = 0;
  const char *own = getpid() == first ? "parent" : "worker";
  if (order(who, what, &number) && (strcmp(who, "any") == 0 || strcmp(who, own) == 0)) {
    long done = __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
    if (strcmp(what, "note") == 0) note(own, operation, path);
    else if (strcmp(what, "full") == 0) result = is_writing && done >= number ? 2 : 0;
    else if (strcmp(what, "once") == 0) result = is_writing && done == number ? 2 : 0;
    else if (done == number) {
      note(own, operation, path);
      result = strcmp(what, "half") == 0 && is_writing ? 1 : 0;
      if (result == 0) kill(getpid(), SIGKILL);
    }
  }
  busy = 0;
  return result;
}

static int fate_of_path(const char *operation, const char *path) { return is_below(path) ? fate(operation, path, 0) : 0; }

/* Nothing else than a worker's messages to its parent goes through a pipe. */
static int fate_of_file(const char *operation, int file, int is_writing) {
  char path[PATH_MAX];
  if (busy || !path_of(file, path)) return 0;
  if (strncmp(path, "pipe:", 5) == 0) return getpid() == first ? 0 : fate("tell", "the parent", 1) & 1;
  return path[0] == '/' && is_below(path) ? fate(operation, path, is_writing) : 0;
}

static int changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); \
    va_end(more); \
    struct stat facts; \
    if (changes(flags) && ((flags & O_TRUNC) || stat(path, &facts) != 0)) fate_of_path("open", path); \
    return REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name) \
  FILE *name(const char *path, const char *mode) { \
    if (strchr(mode, 'w') != NULL) fate_of_path("open", path); \
    FILE *file = REAL(name)(path, mode); \
    if (file != NULL && is_below(path) && strcspn(mode, "wa+") < strlen(mode)) setvbuf(file, NULL, _IONBF, 0); \
    return file; \
  }
FOPEN(fopen)
FOPEN(fopen64)

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  int what = fate_of_file("write", fileno(file), 1);
  if (what == 0) return REAL(fwrite)(bytes, size, count, file);
  size_t written = REAL(fwrite)(bytes, 1, size * count / 2, file);
  if (what == 1) kill(getpid(), SIGKILL);
  errno = ENOSPC;
  return size == 0 ? 0 : written / size;
}

#define WRITE(name, arguments, call_half, call) \
  ssize_t name arguments { \
    int what = fate_of_file("write", file, 1); \
    if (what == 0) return call; \
    if (what == 1 && call_half >= 0) kill(getpid(), SIGKILL); \
    errno = ENOSPC; \
    return -1; \
  }
WRITE(write, (int file, const void *bytes, size_t count), REAL(write)(file, bytes, count / 2), REAL(write)(file, bytes, count))
WRITE(pwrite, (int file, const void *bytes, size_t count, off_t at), REAL(pwrite)(file, bytes, count / 2, at), REAL(pwrite)(file, bytes, count, at))
WRITE(pwrite64, (int file, const void *bytes, size_t count, off64_t at), REAL(pwrite64)(file, bytes, count / 2, at), REAL(pwrite64)(file, bytes, count, at))

#define ON_FILE(name, arguments, call) \
  int name arguments { \
    fate_of_file(#name, file, 0); \
    return call; \
  }
ON_FILE(fsync, (int file), REAL(fsync)(file))
ON_FILE(fdatasync, (int file), REAL(fdatasync)(file))
ON_FILE(ftruncate, (int file, off_t length), REAL(ftruncate)(file, length))
ON_FILE(ftruncate64, (int file, off64_t length), REAL(ftruncate64)(file, length))

#define ON_PATH(name, arguments, call) \
  int name arguments { \
    fate_of_path(#name, path); \
    return call; \
  }
ON_PATH(rename, (const char *path, const char *to), REAL(rename)(path, to))
ON_PATH(remove, (const char *path), REAL(remove)(path))
ON_PATH(unlink, (const char *path), REAL(unlink)(path))
ON_PATH(rmdir, (const char *path), REAL(rmdir)(path))
ON_PATH(mkdir, (const char *path, mode_t mode), REAL(mkdir)(path, mode))
