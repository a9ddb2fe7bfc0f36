# Sourced by compare, blas and jmh: finds Java, builds this module, names the core that everything is pinned to.
# Sets root, lab, java, class_path and pin.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lab=$root/.lab

# What the notebook kernel of ./lab gets. It names no collector: with two cores or more the JVM takes G1, which is said
# here because a process pinned to one core would take the serial one.
java_options=(-XX:+UseG1GC -XX:MaxRAMPercentage=50 --enable-native-access=ALL-UNNAMED)

say() { printf 'benchmarks: %s\n' "$*"; }
fail() { printf 'benchmarks: %s\n' "$@" >&2; exit 1; }

find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  java=${java:-$(command -v java || true)}
  [ -x "$java" ] || fail "there is no java command." "Install a JDK 17 or newer, or set JAVA_HOME to one."
}

# find_cores N: sets pin to the last N cores this process may use, so that all contenders run on the same.
find_cores() {
  pin=()
  if command -v taskset >/dev/null; then
    local cores
    cores=$(taskset -cp $$ | sed 's/.*: //' | tr ',' '\n' | while IFS=- read -r a b; do seq "$a" "${b:-$a}"; done |
      tail -n "$1" | paste -sd, -)
    pin=(taskset -c "$cores")
    say "pinning every process to core $cores"
  else
    say "no taskset here: processes are not pinned, expect more noise"
  fi
}

# build [PROFILE]: the jars and the class path, with oneMKL in it under the profile mkl.
build() {
  local profiles=${1:-}
  command -v mvn >/dev/null || fail "there is no mvn command." "Install Maven 3.8 or newer."
  if [ "$(uname -sm)" = "Linux x86_64" ] && ! grep -q -w avx2 /proc/cpuinfo; then
    profiles=${profiles:+$profiles,}no-avx2
  fi
  say "building${profiles:+ with profile $profiles}"
  (cd "$root" && mvn -q -B ${profiles:+-P$profiles} -pl benchmarks -am -DskipTests package)
  local suffix=""
  [[ $profiles == *mkl* ]] && suffix=-mkl
  class_path=$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/classpath$suffix")
}
