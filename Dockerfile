# Assay without a GPU: docker build -t assay:0.1.0 .

FROM node:26.10.0-bookworm-slim AS build
WORKDIR /opt/assay
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.ts
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund
# The inference library brings its builds for other systems.
RUN find node_modules/onnxruntime-node/bin/napi-v6 -mindepth 1 -maxdepth 1 ! -name linux -exec rm -r {} +

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production \
    ASSAY_HOST=0.0.0.0 \
    ASSAY_CACHE=/var/cache/assay \
    ASSAY_CACHE_FILE=off \
    ASSAY_KEYS=/var/lib/assay/keys
WORKDIR /opt/assay
COPY --from=build /opt/assay/package.json /opt/assay/LICENSE ./
COPY --from=build /opt/assay/bin bin
COPY --from=build /opt/assay/node_modules node_modules
COPY --from=build /opt/assay/dist dist
RUN install -d -o 10001 -g 10001 /var/cache/assay /var/lib/assay
USER 10001:10001
# The interpreters are prepared here, so that a container starts at once and needs no file that it can write.
RUN for version in 3.10 3.11 3.14; do \
      echo 'ready = True' | node bin/assay.mjs trace - --python "$version" > /dev/null || exit 1; \
    done; \
    chmod -R a+rX /var/cache/assay
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ASSAY_PORT ?? 8787) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/assay/bin/assay.mjs"]
CMD ["serve"]
