SELECT "freezing_request"."id", "freezing_request"."origin", "freezing_request"."case_id", "freezing_request"."order_id", "freezing_request"."issuing_organization_id", "freezing_request"."chamber_id", "freezing_request"."applicant_id", "freezing_request"."requested_state_id", "freezing_request"."authority_id", "freezing_request"."measures", "freezing_request"."state", "freezing_request"."facts", "freezing_request"."audience", "freezing_request"."create_time", "freezing_request"."transmit_time", c.situation_number AS "situation_number", c.case_number AS "case_number", o.document_number AS "order_number", o.decision_date AS "order_date", (o.facts ->> 'final_date')::date AS "order_final_date", a.display_name AS "authority_display_name", s.display_name AS "requested_state_display_name", (SELECT coalesce(json_agg(p ORDER BY p.position), '[]')
        FROM request_person p WHERE p.request_id = freezing_request.id) AS "persons", (SELECT coalesce(json_agg(p ORDER BY p.position, p.purpose), '[]')
        FROM request_purpose p WHERE p.request_id = freezing_request.id) AS "purposes", (SELECT coalesce(json_agg(h), '[]') FROM unnest(ARRAY['shared', 'issuer', 'state']) AS s(audience),
        LATERAL (SELECT e.audience, e.index, e.time, translate(encode(e.hash, 'base64'), E'\n', '') AS hash
            FROM journal_event e WHERE e.subject_id = freezing_request.id AND e.audience = s.audience
            ORDER BY e.index DESC LIMIT 1) h) AS "heads", (SELECT coalesce(json_agg(json_build_object('purpose', y.purpose, 'amount',
        json_build_object('currency_code', y.currency_code, 'amount', trim_scale(y.amount - y.recovered)::text))
        ORDER BY y.position), '[]') FROM order_recovery y WHERE y.order_id = freezing_request.order_id) AS "outstanding",
(SELECT json_build_object('total', count(*), 'frozen', count(*) FILTER (WHERE a.frozen_days @> $1::date AND NOT a.seized_days @> $2::date),
        'seized', count(*) FILTER (WHERE a.seized_days @> $3::date), 'outstanding', count(*) FILTER (WHERE NOT a.settled))
    FROM asset a WHERE a.request_id = freezing_request.id) AS "asset_counts", (SELECT coalesce(json_agg(n.entry ORDER BY n.number), '[]') FROM (
            SELECT v.number, json_build_object('number', v.number, 'changed_paths', v.changed_paths, 'reason', v.reason,
            'transmit_time', v.transmit_time, 'transmission', v.transmission, 'content_sha256', v.content_sha256,
            'content', CASE WHEN v.content_sha256 IS NULL THEN v.content WHEN count(v.transmit_time) OVER (ORDER BY v.number DESC) <= 1 THEN v.content END) AS entry FROM request_version v WHERE v.request_id = freezing_request.id
            ORDER BY v.number DESC LIMIT 6) n) AS "versions", (SELECT coalesce(json_agg(json_build_object('proposer_active', a.state = 'active',
        'proposer_assigned', approval.audience = 'state' OR EXISTS (SELECT 1 FROM case_member m
            WHERE m.account_id = approval.proposer_id AND m.case_id = freezing_request.case_id AND m.end_time IS NULL),
        'proposer_mandates',
            (SELECT coalesce(json_agg(json_build_object('role', m.role, 'start_time', m.start_time,
                'end_time', m.end_time)), '[]') FROM mandate m WHERE m.account_id = approval.proposer_id),
        'approval', json_build_object('own', row_to_json(approval), 'proposer_display_name',
    (SELECT a.display_name FROM account a WHERE a.id = approval.proposer_id))) ORDER BY approval.propose_time, approval.id), '[]')
        FROM approval JOIN account a ON a.id = approval.proposer_id
        WHERE approval.request_id = freezing_request.id AND approval.state = 'open') AS "approvals" FROM "freezing_request" INNER JOIN "court_case" AS "c" ON c.id = freezing_request.case_id INNER JOIN "organization" AS "s" ON s.id = freezing_request.requested_state_id LEFT JOIN "court_order" AS "o" ON o.id = freezing_request.order_id LEFT JOIN "organization" AS "a" ON a.id = freezing_request.authority_id WHERE "freezing_request"."id" = $4 AND "freezing_request"."requested_state_id" = $5 AND "freezing_request"."transmit_time" IS NOT NULL LIMIT $6
