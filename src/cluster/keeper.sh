# Keeps a PostgreSQL server until standard input closes: when we stop it, exit or are killed.
# Arguments: folder of the binaries, home, folder of the socket, throwaway or kept, options of the server.
trap '' HUP INT TERM # whoever stops a whole service at once must not leave the server without its keeper
umask 077
bin=$1 home=$2 socket=$3 mode=$4
shift 4
exec 3<&0 0</dev/null

until_closed() {
    "$@" 3<&- &
    child=$!
    # More than once: a program that has only just been started does not listen yet.
    (read -r _ <&3; while kill -INT "$child"; do sleep 1; done) >/dev/null 2>&1 &
    watch=$!
    wait "$child"
    status=$?
    kill -KILL "$watch" 2>/dev/null
    return "$status"
}

if [ "$mode" = throwaway ]; then safety=--no-sync; else safety=--data-checksums; fi
mkdir -p "$socket" || exit
if [ ! -d "$home/data" ]; then
    # Renamed when whole: an initdb that was killed leaves a PG_VERSION, too.
    rm -rf "$home/data.new" &&
        until_closed "$bin/initdb" -D "$home/data.new" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
            --auth-local=trust --auth-host=reject "$safety" >&2 &&
        mv "$home/data.new" "$home/data"
fi && until_closed "$bin/postgres" -D "$home/data" -k "$socket" "$@"
status=$?

[ "$socket" = "$home/run" ] || rm -rf "$socket"
[ "$mode" = kept ] || rm -rf "$home"
exit "$status"
