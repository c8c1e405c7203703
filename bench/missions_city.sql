CREATE TEMPORARY TABLE words AS
SELECT n, (ARRAY['trồng rau an toàn', 'nuôi lươn không bùn', 'phòng bệnh cho cây có múi', 'xử lý nước thải làng nghề', 'giám sát úng ngập đô thị',
                 'chẩn đoán sớm tại trạm y tế', 'quản lý hồ sơ đất đai', 'nhân giống lúa chịu hạn', 'bảo tồn nghề gốm', 'thu gom rác hữu cơ',
                 'cảnh báo cháy khu chung cư', 'truy xuất nguồn gốc nông sản', 'dạy học cho trẻ khiếm thị', 'kiểm soát mùi chăn nuôi'])[1 + n %% 14] AS matter,
    (ARRAY['trong rau an toan', 'nuoi luon khong bun', 'phong benh cho cay co mui', 'xu ly nuoc thai lang nghe', 'giam sat ung ngap do thi',
            'chan doan som tai tram y te', 'quan ly ho so dat dai', 'nhan giong lua chiu han', 'bao ton nghe gom', 'thu gom rac huu co',
            'canh bao chay khu chung cu', 'truy xuat nguon goc nong san', 'day hoc cho tre khiem thi', 'kiem soat mui chan nuoi'])[1 + n %% 14] AS short,
    (%(communes)s::bigint[])[1 + (n * 37) %% array_length(%(communes)s::bigint[], 1)] AS commune,
    (%(places)s::bigint[])[1 + (n * 37) %% array_length(%(places)s::bigint[], 1)] AS place,
    (%(people)s::bigint[])[1 + (n * 37) %% array_length(%(people)s::bigint[], 1)] AS author,
    (%(hosts)s::bigint[])[1 + (n * 11) %% array_length(%(hosts)s::bigint[], 1)] AS host,
    (ARRAY['natural', 'engineering', 'medical', 'agricultural', 'social', 'digital', 'environment', 'smart-city', ''])[1 + n %% 9] AS field
FROM generate_series(1, greatest(%(needs)s, %(missions)s)) AS n;

CREATE TEMPORARY TABLE need AS
SELECT words.*, CASE WHEN n > %(needs)s - %(open_needs)s THEN
            (ARRAY['submitted', 'in-review', 'submitted', 'in-review', 'proposed', 'asked-back', 'in-review', 'submitted'])[1 + n %% 8]
        WHEN n %% 100 = 0 THEN 'merged' WHEN n %% 50 = 1 THEN 'withdrawn' ELSE 'answered' END AS state,
    %(now)s::timestamptz - (%(needs)s - n) * interval '4 minutes' AS sent,
    'Cần giải pháp ' || matter || ' ở vùng ' || n %% 997 || ', lần ' || n AS title
FROM words WHERE n <= %(needs)s;

INSERT INTO flow_case (id, process_version_id, step, dossier, title, url, opened_by_id, opened_at, due_on, closed_at, outcome)
OVERRIDING SYSTEM VALUE
SELECT n, %(intake)s, state, 'need:' || n, title, '/nhu-cau/' || n || '/', author, sent, NULL,
    CASE WHEN state IN ('answered', 'merged', 'withdrawn') THEN sent + interval '20 days' END,
    CASE state WHEN 'withdrawn' THEN 'cancelled' WHEN 'answered' THEN 'done' WHEN 'merged' THEN 'done' ELSE '' END
FROM need;

INSERT INTO flow_caseparty (case_id, party, unit_id, user_id)
SELECT n, 'author', NULL, author FROM need UNION ALL SELECT n, 'unit', commune, NULL FROM need
UNION ALL SELECT n, 'department', %(department)s, NULL FROM need;

INSERT INTO flow_holding (case_id, step, unit_id, user_id, roles, divisions, rests, since, until, due_on)
SELECT n, state, CASE WHEN state <> 'asked-back' THEN %(department)s END, CASE WHEN state = 'asked-back' THEN author END,
    CASE WHEN state = 'asked-back' THEN '{}' ELSE ARRAY['officer', 'unit-head'] END, true, false, sent, NULL, sent::date + 20 + n %% 40
FROM need WHERE state NOT IN ('answered', 'merged', 'withdrawn')
UNION ALL
SELECT n, 'in-review', %(department)s, NULL, ARRAY['officer', 'unit-head'], true, false, sent, sent + interval '20 days', sent::date + 20
FROM need WHERE state IN ('answered', 'merged', 'withdrawn');

INSERT INTO needs_need (id, number, year, title, problem, affected, urgency, livelihood, tried, hoped, field, folded, author_id,
    author_name, unit_id, contact, state, merged_into_id, created_at, changed_at, submitted_at, closed_on, case_id)
OVERRIDING SYSTEM VALUE
SELECT n, n, 2017 + n %% 10, title, title || '. Bà con đã thử nhiều cách mà chưa được, thiệt hại mỗi năm một tăng.', n %% 300 || ' hộ',
    (ARRAY['normal', 'normal', 'normal', 'soon', 'soon', 'urgent'])[1 + n %% 6], n %% 7 = 0, '', 'Một quy trình dễ làm', field,
    'can giai phap ' || short || ' o vung ' || n %% 997 || ' lan ' || n, author, 'Người gửi', commune, '', state,
    CASE WHEN state = 'merged' THEN n - 1 END, sent, sent, sent,
    CASE WHEN state IN ('answered', 'merged', 'withdrawn') THEN sent::date + 20 END, n
FROM need;

INSERT INTO needs_need_places (need_id, place_id) SELECT n, place FROM need
UNION SELECT n, (%(places)s::bigint[])[1 + (n * 41) %% array_length(%(places)s::bigint[], 1)] FROM need WHERE n %% 10 = 0;

CREATE TEMPORARY TABLE mission AS
SELECT words.*, n > %(missions)s - %(carried)s AS carried, n > %(missions)s - %(running)s AS going,
    CASE WHEN n > %(missions)s - %(running)s THEN
        (ARRAY['running', 'running', 'running', 'contracting', 'running', 'ended', 'accepting', 'suspended'])[1 + n %% 8]
    ELSE 'closed' END AS state,
    %(today)s::date - CASE WHEN n > %(missions)s - %(running)s THEN (n * 7 %% 900)::int
        ELSE 900 + ((%(missions)s - n)::bigint * 8000 / %(missions)s)::int END AS begins,
    'Nghiên cứu mô hình ' || matter || ' tại vùng ' || n %% 997 || ', số ' || n AS title, (200 + n * 7 %% 2500) * 1000000::bigint AS budget
FROM words WHERE n <= %(missions)s;

INSERT INTO flow_case (id, process_version_id, step, dossier, title, url, opened_by_id, opened_at, due_on, closed_at, outcome)
OVERRIDING SYSTEM VALUE
SELECT %(needs)s + n, %(carry)s, CASE state WHEN 'closed' THEN 'settled' ELSE state END, 'mission:' || n, title, '/nhiem-vu/' || n || '/',
    %(officer)s, begins, begins + 730, CASE WHEN state = 'closed' THEN begins + 800 END, CASE WHEN state = 'closed' THEN 'done' ELSE '' END
FROM mission WHERE carried;

CREATE TEMPORARY TABLE asked AS
SELECT mission.*, %(needs)s + %(missions)s + n AS report, greatest(1, ceil((%(today)s::date - begins) / 180.0))::int AS step
FROM mission WHERE going AND state = 'running' AND %(today)s::date - begins <= 720;

INSERT INTO flow_case (id, process_version_id, step, dossier, title, url, opened_at, due_on, outcome) OVERRIDING SYSTEM VALUE
SELECT report, %(report)s, 'writing', 'progress-report:' || n * 4 + step, 'Báo cáo định kỳ số ' || step || ': ' || title,
    '/nhiem-vu/' || n || '/bao-cao/' || step || '/', begins + (step - 1) * 180, begins + step * 180, ''
FROM asked;

INSERT INTO flow_caseparty (case_id, party, unit_id) SELECT %(needs)s + n, 'department', %(department)s FROM mission WHERE carried
UNION ALL SELECT %(needs)s + n, 'host', host FROM mission WHERE carried
UNION ALL SELECT report, 'department', %(department)s FROM asked UNION ALL SELECT report, 'host', host FROM asked;

INSERT INTO flow_holding (case_id, step, unit_id, roles, divisions, rests, since, due_on)
SELECT %(needs)s + n, state, CASE WHEN state IN ('running', 'ended') THEN host ELSE %(department)s END,
    ARRAY['officer', 'unit-head'], true, n IN (SELECT n FROM asked), begins, begins + 730
FROM mission WHERE going
UNION ALL SELECT report, 'writing', host, ARRAY['officer', 'unit-head'], false, false, begins, begins + step * 180 FROM asked;

INSERT INTO missions_plan (id, stand, type, name, months, starts_on, lump_sum, answers, revisions, locked_at, created_at) OVERRIDING SYSTEM VALUE
SELECT n, 'approved', 'technology-topic', title, 24, begins, '', '{}', '{}', begins, begins FROM mission WHERE carried;

INSERT INTO missions_planstage (plan_id, number, content, outcome, from_month, to_month, who)
SELECT n, step, 'Nội dung ' || step || ': khảo sát, thử nghiệm và hoàn thiện', 'Báo cáo', 1 + (step - 1) * 6, step * 6, ''
FROM mission, generate_series(1, 4) AS step WHERE carried;

INSERT INTO missions_mission (id, code, title, folded, abstract, type, field, level, host_id, host_name, investigator_name, orderer_id,
    place_id, plan_id, year, starts_on, ends_on, first_ends_on, budget_state, budget_other, paid, confirmed, state, next_due_on, rating,
    imported, created_at, case_id) OVERRIDING SYSTEM VALUE
SELECT n, 'NV-' || n, title, 'nghien cuu mo hinh ' || short || ' tai vung ' || n %% 997 || ' so ' || n,
    repeat('Đề tài khảo sát hiện trạng, thử nghiệm quy trình và chuyển giao cho cơ sở. ', 12), 'technology-topic', field, 'city', host, '',
    'TS. Nguyễn Văn ' || n %% 900, NULL, place, CASE WHEN carried THEN n END, extract(year FROM begins), begins, begins + 730,
    begins + 730, budget, 0, CASE WHEN carried THEN budget / 2 ELSE 0 END, CASE WHEN carried THEN budget / 4 ELSE 0 END, state,
    CASE WHEN going THEN %(today)s::date - 20 + (n %% 200)::int END, CASE WHEN state = 'closed' THEN 'passed' ELSE '' END, NOT carried,
    begins, CASE WHEN carried THEN %(needs)s + n END
FROM mission;

INSERT INTO missions_contract (id, mission_id, sign, signed_on, principal_id, amount_state, amount_other, running_number) OVERRIDING SYSTEM VALUE
SELECT n, n, n || '/HĐ', begins, %(department)s, budget, 0, '' FROM mission WHERE carried;

INSERT INTO missions_instalment (contract_id, number, due_on, amount, condition, paid_on, paid)
SELECT n, step, begins + step * 180, budget / 4, '', CASE WHEN begins + step * 180 < %(today)s THEN begins + step * 180 END,
    CASE WHEN begins + step * 180 < %(today)s THEN budget / 4 ELSE 0 END
FROM mission, generate_series(1, 4) AS step WHERE carried;

INSERT INTO missions_progressreport (id, mission_id, number, period_from, period_to, due_on, state, text, difficulties, requests,
    submitted_at, money_confirmed_on, comment, case_id) OVERRIDING SYSTEM VALUE
SELECT n * 4 + step, n, step, begins + (step - 1) * 180, begins + step * 180, begins + step * 180,
    CASE WHEN begins + step * 180 < %(today)s THEN 'confirmed' ELSE 'due' END, repeat('Đã làm xong các việc theo kế hoạch. ', 20), '', '',
    begins + step * 180, CASE WHEN begins + step * 180 < %(today)s THEN begins + step * 180 END, '',
    report
FROM mission CROSS JOIN generate_series(1, 4) AS step LEFT JOIN (SELECT n AS of, step AS number, report FROM asked) AS waits
    ON of = n AND number = step
WHERE carried;

INSERT INTO missions_stageprogress (report_id, stage_id, percent, text)
SELECT n * 4 + step, stage.id, least(100, step * 25), '' FROM mission, generate_series(1, 4) AS step, missions_planstage AS stage
WHERE carried AND stage.plan_id = n AND begins + step * 180 < %(today)s;

INSERT INTO missions_spending (report_id, item, source, year, amount, confirmed, reason)
SELECT n * 4 + step, 'labour', 'state', extract(year FROM begins + step * 180), budget / 8, budget / 8, ''
FROM mission, generate_series(1, 4) AS step WHERE carried AND begins + step * 180 < %(today)s;

INSERT INTO councils_conflict (person_id, dossier, ground, source, state, evidence, found_at, reason)
SELECT %(barred)s, kind || ':' || n * 7, 'interest', 'declared', 'confirmed', '[]', %(now)s, ''
FROM generate_series(1, %(conflicts)s) AS n, unnest(ARRAY['mission', 'need']) AS kind;

INSERT INTO matching_entry (kind, record, title, summary, detail, url, sign, host, place, field, year, words, gone, keys)
SELECT 'need', need.id, need.title, need.problem || ' ' || need.hoped, 'VĐ-' || need.year || '-' || need.number || ' · ' || unit.name || ' · Đã trả lời',
    '/nhu-cau/' || need.id || '/', 'VĐ-' || need.year || '-' || need.number, unit.name, place.kind || ' ' || place.name, need.field,
    need.year, '{}'::varchar[], false, ARRAY['user:' || need.author_id, 'unit:' || need.unit_id]
        || CASE WHEN taken.id IS NULL THEN '{}'::text[] ELSE ARRAY['user:' || taken.author_id, 'unit:' || taken.unit_id] END
FROM needs_need AS need JOIN words ON words.n = need.id JOIN directory_unit AS unit ON unit.id = need.unit_id
JOIN directory_place AS place ON place.id = words.place
LEFT JOIN needs_need AS taken ON taken.merged_into_id = need.id WHERE need.state <> 'withdrawn'
UNION ALL
SELECT 'mission', mission.id, mission.title, mission.abstract, unit.name || ' · ' || mission.year, '/nhiem-vu/' || mission.id || '/',
    mission.code, unit.name, place.kind || ' ' || place.name, mission.field, mission.year, '{}', false, '{}'
FROM missions_mission AS mission JOIN directory_unit AS unit ON unit.id = mission.host_id
JOIN directory_place AS place ON place.id = mission.place_id;

SELECT setval(pg_get_serial_sequence('flow_case', 'id'), (SELECT max(id) FROM flow_case)),
    setval(pg_get_serial_sequence('needs_need', 'id'), %(needs)s), setval(pg_get_serial_sequence('missions_mission', 'id'), %(missions)s),
    setval(pg_get_serial_sequence('missions_plan', 'id'), %(missions)s), setval(pg_get_serial_sequence('missions_contract', 'id'), %(missions)s),
    setval(pg_get_serial_sequence('missions_progressreport', 'id'), %(missions)s * 4 + 4)
