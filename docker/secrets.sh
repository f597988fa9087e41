#!/bin/sh
# Makes the passwords of compose.yaml where there are none yet.
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/secrets
mkdir -p "$folder"
# Containers see the files alone, each as a user of its own; on this machine only the folder's owner comes to them.
chmod 700 "$folder"
for name in redis-password serving-token grafana-password; do
  [ -s "$folder/$name" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$name"
  chmod 644 "$folder/$name"
done
