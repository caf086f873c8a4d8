/*
 * Preloaded into a reader: writes down what is on the disk for certain. Every fsync and fdatasync of a file in the folder
 * DISK_ROOT leaves, in the folder DISK_OUT, the content of that file (N.data) and the names that the folder has at that
 * moment (N.list: the file's own identity, then a line "identity name" for each). The disk itself is not waited for.
 * test/support/node/disk.ts makes of it what a power cut leaves.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int syncs = 0;

/* An inode alone is used again; with the time of its birth it is one file. */
static int identity(int folder, const char *name, char *into, size_t size) {
  struct statx facts;
  if (statx(folder, name, *name ? 0 : AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &facts) != 0) return 0;
  if (!S_ISREG(facts.stx_mode)) return 0;
  snprintf(into, size, "%llu-%lld.%u", (unsigned long long)facts.stx_ino, (long long)facts.stx_btime.tv_sec,
           facts.stx_btime.tv_nsec);
  return 1;
}

static void copy(int file, const char *target) {
  char bytes[65536];
  off_t at = 0;
  ssize_t count;
  int out = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (out < 0) return;
  while ((count = pread(file, bytes, sizeof bytes, at)) > 0 && write(out, bytes, count) == count) at += count;
  close(out);
}

static void list(const char *root, const char *own, const char *target) {
  char id[96], draft[PATH_MAX + 8];
  struct dirent *entry;
  snprintf(draft, sizeof draft, "%s.draft", target);
  FILE *out = fopen(draft, "w");
  DIR *folder = opendir(root);
  if (out == NULL || folder == NULL) abort();
  fprintf(out, "%s\n", own);
  while ((entry = readdir(folder)) != NULL)
    if (identity(dirfd(folder), entry->d_name, id, sizeof id)) fprintf(out, "%s %s\n", id, entry->d_name);
  closedir(folder);
  fclose(out);
  rename(draft, target);
}

static void note(int file) {
  const char *root = getenv("DISK_ROOT"), *out = getenv("DISK_OUT");
  char own[96], link[64], path[PATH_MAX], target[PATH_MAX];
  if (root == NULL || out == NULL) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  size_t prefix = strlen(root);
  if (strncmp(path, root, prefix) != 0 || (path[prefix] != '/' && path[prefix] != 0)) return;
  if (!identity(file, "", own, sizeof own)) snprintf(own, sizeof own, "folder");
  syncs += 1;
  snprintf(target, sizeof target, "%s/%d.data", out, syncs);
  if (strcmp(own, "folder") != 0) {
    /* Opened again: who only writes a file cannot read it. */
    int content = open(link, O_RDONLY);
    if (content < 0) abort();
    copy(content, target);
    close(content);
  }
  snprintf(target, sizeof target, "%s/%d.list", out, syncs);
  list(root, own, target);
}

/* What stood in the folder when the first process came was synced long ago: 0.base, with a file for each identity. */
__attribute__((constructor)) static void begin(void) {
  const char *root = getenv("DISK_ROOT"), *out = getenv("DISK_OUT");
  char id[96], base[PATH_MAX], target[PATH_MAX + 128];
  struct dirent *entry;
  if (root == NULL || out == NULL) return;
  snprintf(base, sizeof base, "%s/0.base", out);
  if (mkdir(base, 0755) != 0) return;
  DIR *folder = opendir(root);
  if (folder == NULL) abort();
  while ((entry = readdir(folder)) != NULL) {
    if (!identity(dirfd(folder), entry->d_name, id, sizeof id)) continue;
    snprintf(target, sizeof target, "%s/%s", base, id);
    int file = openat(dirfd(folder), entry->d_name, O_RDONLY);
    copy(file, target);
    close(file);
  }
  closedir(folder);
}

int fsync(int file) {
  note(file);
  return 0;
}

int fdatasync(int file) {
  note(file);
  return 0;
}
