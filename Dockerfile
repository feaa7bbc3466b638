# One image for every service; the command chooses which one runs.
FROM node:24-bookworm-slim AS packages
WORKDIR /portolan
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services services
RUN npm install --no-save --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /portolan
COPY --from=packages /portolan /portolan
COPY bin bin
COPY migrations migrations
RUN mkdir -p /var/lib/portolan && chown node:node /var/lib/portolan
USER node
ENV CKAN_STORAGE_PATH=/var/lib/portolan/files
# Compiled code is kept, so that services and commands start twice as fast the next time.
ENV NODE_COMPILE_CACHE=/var/lib/portolan/compiled
EXPOSE 5000
CMD ["node", "services/api/start.ts"]
