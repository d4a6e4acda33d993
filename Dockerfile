# Newsgraph in a container: `docker build -t newsgraph .`, then
# `docker run -p 4000:4000 -v newsgraph:/data -e SECRET_KEY="$(openssl rand -base64 48)" newsgraph`; keep the key.
# Without DATABASE_URL it keeps an SQLite database in /data; compose.yaml shows two nodes on MariaDB.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS manifest
WORKDIR /app
COPY package.json package-lock.json ./

# What runs: no compiler, no tests, no install scripts.
FROM manifest AS dependencies
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# What compiles.
FROM manifest AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ormconfig.ts ./
COPY src src
COPY scripts scripts
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    DATABASE_URL=sqlite:/data/newsgraph.sqlite \
    MEDIA_DIR=/data/media
WORKDIR /app
# The folder must belong to whoever runs before it becomes a volume: a new volume takes its owner from it.
RUN mkdir -p /data/media && chown -R node:node /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json schema.graphql LICENSE ./
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
# Migrations and their waiting happen before it listens, so the first minutes of a large change are not a failure.
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "dist/src/main.js"]
CMD ["serve"]
