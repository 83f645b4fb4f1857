/* Let the nth write, sync or truncate of a file fail. Armed by the process itself: see tests/faults/iofault.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1;  /* calls until one fails; -1: none does */
static int code, sticky, is_short, spared = -1;
static long hits;

void faultio_arm(long n, int error, int stays, int shortens, int spare)
{
    left = n;
    code = error;
    sticky = stays;
    is_short = shortens;
    spared = spare;
    hits = 0;
}

long faultio_hits(void) { return hits; }

static int fails(int fd)
{
    if (left < 0 || fd < 3 || fd == spared)
        return 0;
    if (left > 0) {
        left--;
        if (left > 0)
            return 0;
    }
    hits++;
    if (!sticky)
        left = -1;
    return 1;
}

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_t)(int, const void *, size_t);
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef int (*sync_t)(int);
typedef int (*truncate_t)(int, off_t);

ssize_t write(int fd, const void *data, size_t size)
{
    REAL("write", write_t);
    if (fails(fd)) {
        if (is_short && size > 1)
            return real(fd, data, size / 2);
        errno = code;
        return -1;
    }
    return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at)
{
    REAL("pwrite64", pwrite_t);
    if (fails(fd)) {
        if (is_short && size > 1)
            return real(fd, data, size / 2, at);
        errno = code;
        return -1;
    }
    return real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

int fsync(int fd)
{
    REAL("fsync", sync_t);
    if (fails(fd)) {
        errno = code;
        return -1;
    }
    return real(fd);
}

int fdatasync(int fd)
{
    REAL("fdatasync", sync_t);
    if (fails(fd)) {
        errno = code;
        return -1;
    }
    return real(fd);
}

int ftruncate64(int fd, off_t size)
{
    REAL("ftruncate64", truncate_t);
    if (fails(fd)) {
        errno = code;
        return -1;
    }
    return real(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
