# syntax=docker/dockerfile:1
FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist --package focalnet && cp target/dist/focalnet /usr/local/bin/focalnet

FROM debian:bookworm-slim
# A number no other image is likely to use; the keys' folder is made here so that its volume belongs to it.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin focalnet \
    && install -d -o focalnet -g focalnet -m 0700 /var/lib/focalnet /var/lib/focalnet/keys
COPY --from=build /usr/local/bin/focalnet /usr/local/bin/focalnet
USER focalnet
ENV FOCALNET__SECURITY__KEYS_FOLDER=/var/lib/focalnet/keys
EXPOSE 50051
ENTRYPOINT ["focalnet"]
CMD ["serve"]
