# The exporter of `npm start`, without npm: signals reach it, and `docker stop` ends it as a deadline does.
# docs/run-elsewhere.md says how it is run.
FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

# Nothing is built, and no package has to run a script: the Node is the image's own.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY bin bin
COPY lambda lambda
COPY local local
COPY report report
COPY sql sql

# A volume that is mounted here for the first time belongs to the user as well.
RUN mkdir /data && chown 1000:1000 /data
# By its number, so that a cluster sees that it is not root.
USER 1000

ENTRYPOINT ["node", "--optimize-for-size", "bin/start.ts"]
