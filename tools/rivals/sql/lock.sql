SELECT (SELECT json_build_object('digest', encode(c.digest, 'hex'), 'answer', encode(c.answer, 'hex'), 'deflated', c.deflated,
                'expire_time', c.expire_time)
                FROM answered_call c WHERE c.account_id = $1 AND c.method = $2 AND c.request_id = $3) AS "replay" FROM "freezing_request" WHERE "freezing_request"."id" = $4 AND "freezing_request"."requested_state_id" = $5 AND "freezing_request"."transmit_time" IS NOT NULL LIMIT $6 FOR UPDATE NOWAIT
