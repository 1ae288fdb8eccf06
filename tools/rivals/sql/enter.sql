SELECT a.display_name, a.state, a.organization_id, o.kind, s.restricted, s.expire_time, s.end_time,
    (SELECT coalesce(json_agg(json_build_object('role', m.role, 'start_time', m.start_time, 'end_time', m.end_time)), '[]')
        FROM mandate m WHERE m.account_id = a.id) AS mandates,
    coalesce((SELECT seconds FROM clock_offset), 0) AS seconds,
    set_config('app.org', a.organization_id::text, true), set_config('plan_cache_mode', $4, true),
    $3::bigint IS NULL OR pg_try_advisory_xact_lock($3) AS free
FROM session s JOIN account a ON a.id = s.account_id JOIN organization o ON o.id = a.organization_id
WHERE s.id = $1 AND a.id = $2
