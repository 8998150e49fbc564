#!/bin/sh
# Packages of a distribution never touch what people keep in their homes; it is only said where that is.
set -e
if [ "$1" = remove ] || [ "$1" = purge ]; then
  echo 'Backroom is removed. Shops stay in ~/.local/share/backroom of each user; delete that folder to give a shop up.'
fi
exit 0
