/*
 * Preloaded (LD_PRELOAD), makes calls that write fail as the control file says whose path is in USHER_FAILING_WRITES.
 * Without that file nothing fails. It holds one line:
 *
 *     <path suffix> <write|sync|truncate> <EIO|ENOSPC> <calls to let through> <calls to fail after that>
 *
 * Counting starts anew when the line changes. SQLite is linked into the program statically but calls libc dynamically,
 * so its calls arrive here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char known[256];
static long calls;

/* Reads the control file; an empty line when there is none. */
static void read_control(char *line, size_t size)
{
    const char *path = getenv("USHER_FAILING_WRITES");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = file < 0 ? 0 : read(file, line, size - 1);

    line[length > 0 ? length : 0] = '\0';
    if (file >= 0)
        close(file);
}

static int ends_with(int fd, const char *end)
{
    char link[64], path[4096];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path);
    return length >= (ssize_t)strlen(end) && strncmp(path + length - strlen(end), end, strlen(end)) == 0;
}

/* The number of this call since the line changed, from 0. */
static long number_of_call(const char *line)
{
    long number;

    pthread_mutex_lock(&lock);
    if (strcmp(line, known) != 0) {
        strcpy(known, line);
        calls = 0;
    }
    number = calls++;
    pthread_mutex_unlock(&lock);
    return number;
}

/* Whether this call has to fail; sets errno if so. */
static int fails(int fd, const char *call)
{
    char line[sizeof known], end[64], failing[16], error[16];
    long skipped, failed, number;
    int before = errno;

    read_control(line, sizeof line);
    errno = before;
    if (sscanf(line, "%63s %15s %15s %ld %ld", end, failing, error, &skipped, &failed) != 5)
        return 0;
    if (strcmp(failing, call) != 0 || !ends_with(fd, end))
        return 0;
    number = number_of_call(line);
    errno = before;
    if (number < skipped || number - skipped >= failed)
        return 0;
    errno = strcmp(error, "ENOSPC") == 0 ? ENOSPC : EIO;
    return 1;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    return fails(fd, "write") ? -1 : syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return fails(fd, "write") ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    return fails(fd, "write") ? -1 : syscall(SYS_pwrite64, fd, bytes, count, at);
}

int fsync(int fd)
{
    return fails(fd, "sync") ? -1 : syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return fails(fd, "sync") ? -1 : syscall(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t size)
{
    return fails(fd, "truncate") ? -1 : syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return fails(fd, "truncate") ? -1 : syscall(SYS_ftruncate, fd, size);
}
