# Makes a cluster and runs its server for as long as somebody uses it. Standard input is the supervisor's lock, standard
# output the lock of those who use the server. A lock is held by being open, so no other program may inherit the first.
# Arguments: an empty folder, the folder of PostgreSQL's programs, the port, the superuser's name and the password's file.
home=$1 programs=$2 port=$3 superuser=$4 password=$5

cd "$home" || exit
"$programs/initdb" --pgdata=data --username="$superuser" --pwfile="$password" --auth=password \
    --encoding=UTF8 --locale=C --no-sync --no-instructions </dev/null >&2 || exit

# Nothing in it must survive a crash. Its shared memory lies in the data folder rather than in /dev/shm, where a killed
# server would leave it behind.
setpriv --pdeathsig QUIT "$programs/postgres" -D data -c port="$port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
    -c dynamic_shared_memory_type=mmap </dev/null >&2 &
server=$!

idle=0
while [ "$idle" -lt 3 ] && kill -0 "$server"; do
    sleep 1 </dev/null >&2
    if flock --nonblock 1 </dev/null; then
        idle=$((idle + 1))
        # The last time the lock is kept: who comes now waits until the server is gone.
        [ "$idle" -eq 3 ] || flock --unlock 1 </dev/null
    else
        idle=0
    fi
done

# A server that ended by itself leaves its log for those who wait for it; the next start removes it.
kill -QUIT "$server" || exit
wait "$server"
cd / && rm -rf "$home"
