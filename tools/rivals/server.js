// The plainest server that one would write instead of focalnet: it answers GetFreezingRequest and OpenClarification from
// the same database with the same SQL. It believes the token, asks no policy, checks nothing, and signs nothing.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import pg from 'pg';
import { clarification, expectedReply, question } from './ask.js';
import { request } from './view.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Statements have a name: so each connection plans them once.
const [ENTER, READ, LOCK, DOSSIER, WRITE] = ['enter', 'read', 'lock', 'dossier', 'write'].map((name) => ({
  name,
  // focalnet asks again where a row is taken; here the database waits.
  text: readFileSync(here(`sql/${name}.sql`), 'utf8').trimEnd().replace(/ NOWAIT$/, ''),
}));
const PLAN_ONCE = 'force_generic_plan';
// What the rival does not reckon takes as much room as it does with focalnet.
const [HASH, SALT] = [Buffer.alloc(32, 7), Buffer.alloc(16, 7)];
const ETAG = 'e'.repeat(24);
const NOTE = randomBytes(298).toString('base64').slice(0, 397);

// Times and days stay text: a Date is no day, and holds no microseconds.
for (const kind of [pg.types.builtins.TIMESTAMPTZ, pg.types.builtins.DATE]) {
  pg.types.setTypeParser(kind, (text) => text);
}

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.CONNECTIONS ?? 16),
  idleTimeoutMillis: 0,
  // As focalnet sets its connections up.
  options: '-c statement_timeout=20s -c jit=off -c max_parallel_workers_per_gather=0',
});

// The account and session that a token names.
function bearer(metadata) {
  const [, token] = metadata.get('authorization')[0].split(' ');
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  return { user: claims.sub, session: claims.sid };
}

// Does something in a transaction on a connection of its own.
async function within(work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const done = await work(async (statement, values) => (await client.query({ ...statement, values })).rows[0]);
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

function missing() {
  return Object.assign(new Error('not found'), { code: grpc.status.NOT_FOUND });
}

async function getFreezingRequest({ metadata, request: asked }) {
  const { user, session } = bearer(metadata);
  const id = asked.name.split('/')[1];
  return within(async (one) => {
    const { organization_id: own } = await one(ENTER, [session, user, null, PLAN_ONCE]);
    const today = new Date().toISOString().slice(0, 10);
    const row = await one(READ, [today, today, today, id, user, own, own, own, 1]);
    if (!row) throw missing();
    return encodeRequest(request(row, today, ETAG));
  });
}

async function openClarification({ metadata, request: asked }) {
  const { user, session } = bearer(metadata);
  const id = asked.parent.split('/')[1];
  return within(async (one) => {
    // A lock of its own for each call, as focalnet takes one for each `request_id`.
    const lock = BigInt.asIntN(64, BigInt(`0x${asked.request_id.replaceAll('-', '').slice(16)}`));
    const actor = await one(ENTER, [session, user, lock.toString(), PLAN_ONCE]);
    const key = [user, 'OpenClarification', asked.request_id];
    const locked = await one(LOCK, [...key, id, actor.organization_id, 1]);
    if (!locked) throw missing();
    const now = new Date();
    const today = now.toISOString().slice(0, 10);
    const row = await one(DOSSIER, [today, today, today, id, actor.organization_id, 1]);
    const asking = question(asked, { user, actor, row, now });
    const { thread, message, event } = asking;
    const answer = encodeClarification(clarification(asking, ETAG, NOTE));
    const [at, until] = [now.toISOString(), expectedReply(thread.topic, now).toISOString()];
    const kept = new Date(now.getTime() + 7 * 86_400_000).toISOString();
    await one(WRITE, [
      thread.id, id, thread.topic, thread.blocks, thread.opener, thread.addressee, 'open', at, until, HASH,
      thread.id, 1, thread.opener, actor.display_name, message.text, message.language_code, null, at, message.id,
      ...key, HASH, deflateRawSync(answer, { level: 1 }), kept, true,
      event.id, event.stream, id, 'shared', event.index, at, 'open_clarification', thread.name, actor.kind,
      actor.mandates[0].role, event.content, SALT, HASH, event.persons, SALT, HASH, HASH,
    ]);
    return answer;
  });
}

const unary = (handler) => (call, callback) => {
  handler(call).then((bytes) => callback(null, bytes), callback);
};

const contract = loader.loadSync(
  ['freezing_request_service.proto', 'clarification_service.proto'].map((file) => `focalnet/v1/${file}`),
  { keepCase: true, enums: String, longs: Number, includeDirs: [here('../../proto')] },
);

// An answer is encoded once: its bytes are kept, and are what is sent.
function served(service, method, handler) {
  const definition = contract[`focalnet.v1.${service}`][method];
  server.addService({ [method]: { ...definition, responseSerialize: (bytes) => bytes } }, {
    [method]: unary(handler),
  });
  return definition.responseSerialize;
}

const server = new grpc.Server();
const encodeRequest = served('FreezingRequestService', 'GetFreezingRequest', getFreezingRequest);
const encodeClarification = served('ClarificationService', 'OpenClarification', openClarification);
server.bindAsync(process.env.LISTEN ?? '127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.error(`the rival serves on http://127.0.0.1:${port}`);
});
