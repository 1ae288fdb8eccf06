// What a new question is: its thread, its first message, and the event that tells of it.

import { randomUUID } from 'node:crypto';
import { time } from './view.js';

// For each topic what it blocks, and within how many working days a reply is expected.
const TOPICS = {
  notify: ['request', 3],
  third: ['assets', 15],
  costs: ['none', 10],
  ident: ['request', 2],
  assetid: ['assets', 5],
  legalbasis: ['request', 15],
  scope: ['assets', 15],
  nexus: ['request', 20],
  duration: ['none', 10],
  manage: ['assets', 10],
  value: ['none', 10],
  disclose: ['request', 3],
  form: ['request', 3],
  compete: ['assets', 15],
  immunity: ['assets', 20],
  postpone: ['request', 10],
  transfer: ['none', 10],
  release: ['none', 5],
  security: ['request', 1],
};

// The same time of day so many working days later.
export function expectedReply(topic, from) {
  const instant = new Date(from);
  for (let left = TOPICS[topic][1]; left > 0; ) {
    instant.setUTCDate(instant.getUTCDate() + 1);
    if (instant.getUTCDay() !== 0 && instant.getUTCDay() !== 6) left -= 1;
  }
  return instant;
}

// A State asks the channel: the Registry, or the prosecutor for what the prosecutor has requested.
const channel = (origin) => (origin === 'prosecutor' ? 'otp' : 'registry');

export function question(asked, { user, actor, row, now }) {
  const topic = asked.clarification.topic.slice('TOPIC_'.length).toLowerCase();
  const blocks = asked.clarification.blocks?.slice('BLOCKS_'.length).toLowerCase() ?? TOPICS[topic][0];
  const { text, language_code } = asked.text;
  const id = randomUUID();
  const thread = {
    id,
    name: `freezingRequests/${row.id}/clarifications/${id}`,
    topic,
    blocks,
    opener: actor.kind,
    addressee: channel(row.origin),
  };
  const head = row.heads.find(({ audience }) => audience === 'shared');
  const event = {
    id: randomUUID(),
    stream: `freezingRequests/${row.id}/shared`,
    index: (head?.index ?? 0) + 1,
    content: JSON.stringify({ open_clarification: { blocks, text: { language_code, text }, topic } }),
    persons: JSON.stringify({
      user: `users/${user}`,
      display_name: actor.display_name,
      organization: `organizations/${actor.organization_id}`,
    }),
  };
  return { thread, message: { id: randomUUID(), text, language_code }, event, actor, now };
}

export function clarification({ thread, message, event, actor, now }, etag, note) {
  const kind = (organ) => `KIND_${organ.toUpperCase()}`;
  const at = time(now.toISOString());
  const shown = {
    name: `${thread.name}/messages/${message.id}`,
    author: kind(thread.opener),
    author_display_name: actor.display_name,
    text: { text: message.text, language_code: message.language_code },
    create_time: at,
  };
  return {
    name: thread.name,
    topic: `TOPIC_${thread.topic.toUpperCase()}`,
    blocks: `BLOCKS_${thread.blocks.toUpperCase()}`,
    opener: kind(thread.opener),
    addressee: kind(thread.addressee),
    state: 'STATE_OPEN',
    message_count: 1,
    first_message: shown,
    last_message: shown,
    create_time: at,
    expected_reply_time: time(expectedReply(thread.topic, now).toISOString()),
    etag,
    receipt: { note, stream: event.stream, index: event.index, time: at, event: `events/${event.id}` },
  };
}
