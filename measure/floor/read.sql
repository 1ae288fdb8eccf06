-- The facts of a request that its view is made of, in one statement, as its columns and as lists of values.
\set number random(1, :requests)
SELECT r.id, r.origin, r.case_id, r.order_id, r.issuing_organization_id, r.requested_state_id, r.measures, r.state,
    r.facts, r.create_time, r.transmit_time, c.situation_number, c.case_number, o.document_number, o.decision_date,
    a.display_name AS authority, s.display_name AS requested_state,
    (SELECT v.content FROM request_version v WHERE v.request_id = r.id ORDER BY v.number DESC LIMIT 1),
    (SELECT json_agg(json_build_array(v.number, v.changed_paths, v.reason, v.transmit_time, v.transmission,
            v.content_sha256))
        FROM (SELECT * FROM request_version v WHERE v.request_id = r.id ORDER BY v.number DESC LIMIT 5) v),
    (SELECT json_agg(json_build_array(p.position, p.display_name, p.person_id, p.status, p.status_date))
        FROM request_person p WHERE p.request_id = r.id),
    (SELECT json_agg(json_build_array(p.position, p.purpose, p.basis, p.end_date))
        FROM request_purpose p WHERE p.request_id = r.id),
    (SELECT json_agg(json_build_array(y.purpose, y.currency_code, y.amount - y.recovered))
        FROM order_recovery y WHERE y.order_id = r.order_id),
    (SELECT ARRAY[count(*), count(*) FILTER (WHERE x.frozen_days @> current_date AND NOT x.seized_days @> current_date),
            count(*) FILTER (WHERE x.seized_days @> current_date), count(*) FILTER (WHERE NOT x.settled)]
        FROM asset x WHERE x.request_id = r.id),
    (SELECT e.time FROM journal_event e WHERE e.subject_id = r.id AND e.audience IN ('shared', 'issuer')
        ORDER BY e.time DESC LIMIT 1),
    (SELECT p.id FROM approval p WHERE p.request_id = r.id AND p.state = 'open' ORDER BY p.propose_time LIMIT 1)
FROM floor_request t JOIN freezing_request r ON r.id = t.request_id JOIN court_case c ON c.id = r.case_id
JOIN organization s ON s.id = r.requested_state_id LEFT JOIN court_order o ON o.id = r.order_id
LEFT JOIN organization a ON a.id = r.authority_id
WHERE t.number = :number;
