// What a row of the database is as a message of the contract: the issuing side's view of a request.

// A word of the database as a value of an enum: `executing` is `STATE_EXECUTING`.
const word = (prefix, value) => (value == null ? undefined : prefix + value.toUpperCase());
const words = (prefix, values) => (values ?? []).map((value) => prefix + value.toUpperCase());

// A time as PostgreSQL writes it, down to the microsecond, which a Date of JavaScript does not hold.
export function time(text) {
  if (text == null) return undefined;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  // PostgreSQL writes a blank before the hour, and an offset of hours only.
  const instant = text.replace(' ', 'T').replace(/\.\d+/, '').replace(/([+-]\d\d)$/, '$1:00');
  return { seconds: Date.parse(instant) / 1000, nanos: Number(fraction.padEnd(9, '0')) };
}

const stated = (value) =>
  value == null ? undefined : 'absence' in value ? { absence: word('ABSENCE_', value.absence) } : value;

const each = (object, keys) => Object.fromEntries(keys.map((key) => [key, stated(object[key])]));

const NATURAL = ['sex', 'nationalities', 'identity_number', 'identity_document', 'birth_date', 'birth_place',
  'address', 'languages'];
const LEGAL = ['legal_form', 'trade_name', 'seat', 'registration_number', 'address', 'representative'];

function concerned(person) {
  const shown = { ...person, capacity: word('CAPACITY_', person.capacity) };
  if (person.natural) shown.natural = { ...person.natural, ...each(person.natural, NATURAL) };
  if (person.legal) shown.legal = { ...person.legal, ...each(person.legal, LEGAL) };
  return shown;
}

const valued = (valuation) =>
  valuation && {
    ...valuation,
    method: word('METHOD_', valuation.method),
    create_time: time(valuation.create_time),
  };

const sought = (asset) => ({
  ...asset,
  type: word('ASSET_TYPE_', asset.type),
  identifiers: (asset.identifiers ?? []).map((known) => ({ ...known, kind: word('KIND_', known.kind) })),
  holder: stated(asset.holder),
  valuation: valued(asset.valuation),
});

const content = (said) => ({
  ...said,
  ...each(said, ['third_parties', 'link_to_crime', 'formalities']),
  persons: (said.persons ?? []).map(concerned),
  objects: words('OBJECT_KIND_', said.objects),
  assets: (said.assets ?? []).map(sought),
  purposes: (said.purposes ?? []).map((basis) => ({ ...basis, purpose: word('PURPOSE_KIND_', basis.purpose) })),
  notice_policy: word('NOTICE_POLICY_', said.notice_policy),
  non_party_basis: said.non_party_basis && {
    ...said.non_party_basis,
    kind: word('KIND_', said.non_party_basis.kind),
  },
});

const transmission = (sent) =>
  sent && {
    ...sent,
    medium: word('MEDIUM_', sent.medium),
    channel: sent.channel && {
      ...sent.channel,
      kind: word('KIND_', sent.channel.kind),
      create_time: time(sent.channel.create_time),
    },
    answers_used: sent.answers_used && {
      ...sent.answers_used,
      attest_time: time(sent.answers_used.attest_time),
    },
  };

const version = (row) => ({
  number: row.number,
  changed_paths: row.changed_paths,
  reason: row.reason,
  content_sha256: row.content_sha256,
  transmit_time: time(row.transmit_time),
  transmission: transmission(row.transmission),
});

const person = (row, caseName, pairs) => ({
  position: row.position,
  display_name: row.display_name,
  person: row.person_id && `${caseName}/persons/${row.person_id}`,
  status: word('STATUS_', row.status),
  status_date: row.status_date,
  active_purposes: pairs
    .filter((pair) => pair.position === row.position && pair.end_date == null)
    .map((pair) => word('PURPOSE_KIND_', pair.purpose)),
});

// A purpose holds while it holds for anybody; else it has ended with the last for whom it did.
// An amount with the two decimals of most currencies.
const money = (stated) => stated && { ...stated, amount: Number(stated.amount).toFixed(2) };

function purposes(pairs, outstanding) {
  const shown = new Map();
  for (const pair of pairs) {
    const known = shown.get(pair.purpose);
    if (!known) {
      shown.set(pair.purpose, {
        purpose: word('PURPOSE_KIND_', pair.purpose),
        basis: pair.basis,
        status: pair.end_date == null ? 'STATUS_ACTIVE' : 'STATUS_CEASED',
        end_date: pair.end_date,
        outstanding: money(outstanding.find((stated) => stated.purpose === pair.purpose)?.amount),
      });
    } else if (pair.end_date == null || known.status === 'STATUS_ACTIVE') {
      known.status = 'STATUS_ACTIVE';
      known.end_date = undefined;
    } else if (known.end_date < pair.end_date) {
      known.end_date = pair.end_date;
    }
  }
  return [...shown.values()];
}

function flags({ facts, versions, today }) {
  const sent = versions.findLast((row) => row.transmit_time != null)?.number ?? 0;
  const shown = [];
  if (facts.urgent_unconfirmed) shown.push('FLAG_URGENT_UNCONFIRMED');
  if (facts.postponement && today <= facts.postponement.until_date) shown.push('FLAG_POSTPONED');
  if (facts.consultations?.length && !facts.consultations.at(-1).close_time) shown.push('FLAG_CONSULTATION_OPEN');
  if (sent > 0 && versions.at(-1).transmit_time == null) shown.push('FLAG_AMENDMENT_UNSENT');
  if (facts.acknowledged_version > 0 && sent > facts.acknowledged_version) shown.push('FLAG_AMENDMENT_UNACKNOWLEDGED');
  return shown;
}

// How many versions are told with a request.
const SHOWN = 5;

export function request(row, today, etag) {
  const { facts, versions } = row;
  const caseName = `cases/${row.case_id}`;
  const newest = versions.at(-1);
  const sent = versions.findLast((told) => told.transmit_time != null);
  const { postponement } = facts;
  // What nobody decided in time has expired.
  const isOpen = ({ own }) => own.audience !== 'state' && new Date(own.expire_time) > new Date();
  const open = row.approvals.find(({ approval }) => isOpen(approval));
  const heads = row.heads.filter((head) => head.audience !== 'state').map((head) => head.time).sort();
  return {
    name: `freezingRequests/${row.id}`,
    origin: word('ORIGIN_', row.origin),
    case: caseName,
    order: row.order_id && `orders/${row.order_id}`,
    requested_state: `organizations/${row.requested_state_id}`,
    requested_state_display_name: row.requested_state_display_name,
    measures: words('MEASURE_', row.measures),
    content: content(newest.content),
    situation_number: row.situation_number,
    case_number: row.case_number,
    order_number: row.order_number,
    order_date: row.order_date,
    issuing_organization: `organizations/${row.issuing_organization_id}`,
    state: word('STATE_', row.state),
    flags: flags({ facts, versions, today }),
    version: newest.number,
    versions: versions.slice(-SHOWN).map(version),
    version_count: newest.number,
    persons: row.persons.map((known) => person(known, caseName, row.purposes)),
    purposes: purposes(row.purposes, row.outstanding),
    transmission: transmission(sent?.transmission),
    acknowledgement: facts.acknowledgement,
    authority_display_name: row.authority_display_name,
    national_proceeding: facts.national_proceeding,
    postponement: postponement && today <= postponement.until_date
      ? { ...postponement, ground: word('GROUND_', postponement.ground) }
      : undefined,
    denial: facts.denial && { ...facts.denial, ground: word('GROUND_', facts.denial.ground) },
    consultations: (facts.consultations ?? []).map((held) => ({
      ...held,
      problem: word('PROBLEM_', held.problem),
      open_time: time(held.open_time),
      close_time: time(held.close_time),
    })),
    asset_counts: row.asset_counts,
    override_reason: facts.override_reason,
    successor: facts.successor,
    pending_approval: open && `approvals/${open.approval.own.id}`,
    create_time: time(row.create_time),
    transmit_time: time(row.transmit_time),
    update_time: time(heads.at(-1)),
    etag,
  };
}
