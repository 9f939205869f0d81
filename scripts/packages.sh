# Sourced by scripts/start and scripts/test. Installs with the system's package manager, and says so first.

has_postgres() {
  [ -n "${SLOPORTAL_POSTGRES_BIN:-}" ] || command -v initdb >/dev/null || [ -x "$(pg_config --bindir 2>/dev/null)/initdb" ] ||
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null ||
    compgen -G '/opt/homebrew/opt/postgresql*/bin/initdb' >/dev/null ||
    compgen -G '/usr/local/opt/postgresql*/bin/initdb' >/dev/null ||
    compgen -G '/home/linuxbrew/.linuxbrew/opt/postgresql*/bin/initdb' >/dev/null
}

# install_packages "<names for apt>" "<names for dnf>" "<names for brew>"; nothing to install is fine.
install_packages() {
  local sudo='' policy=/usr/sbin/policy-rc.d
  [ -n "${1// /}" ] || return 0
  [ "$(id -u)" = 0 ] || sudo=sudo
  if command -v apt-get >/dev/null; then
    echo "Installing with apt-get:$1"
    (
      # The programs are wanted, not system services that start with the machine.
      if [ ! -e $policy ]; then
        trap "$sudo rm -f $policy" EXIT
        printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
        $sudo chmod 755 $policy
      fi
      $sudo apt-get update -qq
      $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $1 >/dev/null
    )
  elif command -v dnf >/dev/null; then
    echo "Installing with dnf:$2"
    $sudo dnf install -q -y $2
  elif command -v brew >/dev/null; then
    echo "Installing with brew:$3"
    brew install --quiet $3
  else
    echo "Please install:$1" >&2
    return 1
  fi
}
