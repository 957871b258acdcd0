#!/bin/sh
# Run by the image of nginx before nginx, with which it ends.
sh /etc/nginx/portillon/instance.sh watch &
