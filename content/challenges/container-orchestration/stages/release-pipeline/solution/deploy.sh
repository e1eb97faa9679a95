#!/bin/sh
# deploy.sh IMAGE: the four containers run this image, one after the other.
set -eu
image=$1
echo "$DEPLOY_KEY" | ssh-add -q -
for number in 1 2 3 4; do
    ssh deploy@shop.example "docker pull $image && shop-replace $number $image"
done
