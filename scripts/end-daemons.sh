# For the scripts that start clusters for tests: end_daemons NAME... ends the processes whose numbers are in $dir/NAME.pid,
# one after the other, by force where one does not go within ten seconds.
end_daemons() {
  for name in "$@"; do
    [ -f "$dir/$name.pid" ] || continue
    pid=$(cat "$dir/$name.pid")
    kill "$pid" 2> /dev/null || continue
    tries=0
    while kill -0 "$pid" 2> /dev/null && [ "$tries" -lt 100 ]; do
      tries=$((tries + 1))
      sleep 0.1
    done
    kill -9 "$pid" 2> /dev/null || true
  done
}
