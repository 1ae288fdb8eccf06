# Keeps a PostgreSQL server until standard input closes: when we stop it, exit or are killed.
# Arguments: folder of the binaries, home, folder of the socket, throwaway or kept, options of the server.
trap '' HUP INT TERM # whoever stops a whole service at once must not leave the server without its keeper
umask 077
bin=$1 home=$2 socket=$3 mode=$4
shift 4
exec 3<&0 0</dev/null
stopping=$socket/stopping

until_closed() {
    "$@" 3<&- &
    child=$!
    # More than once: a program that has only just been started does not listen yet.
    (read -r _ <&3; : >"$stopping"; while kill -INT "$child"; do sleep 1; done) >/dev/null 2>&1 &
    watch=$!
    wait "$child"
    status=$?
    kill -KILL "$watch" 2>/dev/null
    return "$status"
}

# Those who run this cluster hold a lock, which we have now. So a server of before can only be about to vanish: PostgreSQL
# would take even a dead one that nobody has noticed yet for alive.
let_go() {
    old=$(head -n 1 "$home/data/postmaster.pid" 2>/dev/null) patience=300
    while [ -n "$old" ] && [ "$old" != $$ ] && [ $patience -gt 0 ] && kill -0 "$old" 2>/dev/null; do
        sleep 0.1
        patience=$((patience - 1))
    done
}

# Runs the server. One that has served and then died, as by a kill, is started again.
serve() {
    again=0
    while :; do
        let_go
        began=$(date +%s)
        until_closed "$bin/postgres" -D "$home/data" -k "$socket" "$@"
        ended=$?
        if [ "$ended" = 0 ] || [ -e "$stopping" ]; then return "$ended"; fi
        if [ $(($(date +%s) - began)) -ge 5 ]; then again=10; fi
        if [ "$again" = 0 ]; then return "$ended"; fi
        again=$((again - 1))
        echo "focalnet: the server ended with status $ended and is started again" >&2
        sleep 1
    done
}

if [ "$mode" = throwaway ]; then safety=--no-sync; else safety=--data-checksums; fi
mkdir -p "$socket" && rm -f "$stopping" || exit
if [ ! -d "$home/data" ]; then
    # Renamed when whole: an initdb that was killed leaves a PG_VERSION, too.
    rm -rf "$home/data.new" &&
        until_closed "$bin/initdb" -D "$home/data.new" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
            --auth-local=trust --auth-host=reject "$safety" >&2 &&
        mv "$home/data.new" "$home/data"
fi && serve "$@"
status=$?
rm -f "$stopping"

[ "$socket" = "$home/run" ] || rm -rf "$socket"
[ "$mode" = kept ] || rm -rf "$home"
exit "$status"
