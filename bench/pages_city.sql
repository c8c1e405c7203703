SELECT setseed(0.42);

DROP INDEX directive_folded_trgm;

INSERT INTO documents_document (unit_id, direction, family, type, number, sign, sign_key, issued_on, issuer_name, signer,
    signer_post, subject, urgency, secrecy, restricted, language, addressees, note, arrived_on, arrival_number,
    register_year, digest, text, reading, reading_problem, typed_fields, read_fields, duplicate_reason, created_at,
    folded, sort_issuer, sort_subject)
SELECT issuer, 'in', 'state', 'TB', n::text, n || '/TB-UBND', n || '-tb-ubnd', day, 'UBND Thành phố', '', '',
    'Thông báo kết luận số ' || n || ' về chuyển đổi số, khoa học và công nghệ', 0, 0, false, 'Tiếng Việt', '', '',
    day, n, extract(year FROM day), '', '', 'none', '', '{}', '{}', '', day,
    'thong bao ket luan so ' || n || ' ve chuyen doi so khoa hoc va cong nghe', 'ubnd', 'thong bao ' || lpad(n::text, 8, '0')
FROM (
    SELECT n, (%(issuers)s::bigint[])[1 + (n %% array_length(%(issuers)s::bigint[], 1))] AS issuer,
        %(today)s::date - (730 - n * 730 / %(documents)s) AS day
    FROM generate_series(1, %(documents)s) AS n
) AS made;

CREATE TEMPORARY TABLE plan AS
SELECT n, document.id AS document_id, document.unit_id AS issuer, document.issued_on AS assigned_on,
    (%(leads)s::bigint[])[1 + floor(power(random(), 2) * array_length(%(leads)s::bigint[], 1))] AS lead,
    document.issued_on + 10 + floor(random() * 80)::int AS due_on, random() AS luck, random() AS kind,
    (ARRAY['rà soát, cập nhật danh mục dữ liệu dùng chung', 'xây dựng kế hoạch ứng dụng công nghệ số năm tới',
           'báo cáo kết quả thực hiện đề án được giao', 'hoàn thiện hồ sơ đăng ký chỉ dẫn địa lý',
           'bố trí kinh phí cho nhiệm vụ khoa học và công nghệ', 'tổ chức hội nghị kết nối cung cầu công nghệ',
           'triển khai hệ thống quản lý chất lượng tại cơ quan'])[1 + floor(random() * 7)] || ', mục ' || n AS content
FROM generate_series(1, %(directives)s) AS n
JOIN documents_document AS document ON document.id = (SELECT min(id) FROM documents_document) + n %% %(documents)s;

CREATE TEMPORARY TABLE states AS
SELECT plan.*, CASE
        WHEN due_on + 30 < %(today)s THEN CASE WHEN luck < 0.96 THEN 'accepted' WHEN luck < 0.97 THEN 'reported' ELSE 'in-progress' END
        WHEN due_on < %(today)s THEN CASE WHEN luck < 0.75 THEN 'accepted' WHEN luck < 0.8 THEN 'reported' ELSE 'in-progress' END
        WHEN luck < 0.2 THEN 'accepted' WHEN luck < 0.5 THEN 'acknowledged' WHEN luck < 0.7 THEN 'assigned' ELSE 'in-progress'
    END AS state,
    least(%(today)s::date, greatest(assigned_on, due_on - 12 + floor(kind * 16)::int)) AS done_day
FROM plan;

INSERT INTO flow_case (id, process_version_id, step, dossier, title, url, opened_by_id, opened_at, due_on, closed_at, outcome)
OVERRIDING SYSTEM VALUE
SELECT n, %(process)s, CASE state WHEN 'reported' THEN 'reported-done' ELSE state END, 'directive:' || n, content,
    '/van-ban/nhiem-vu/' || n || '/', %(clerk)s, assigned_on, due_on,
    CASE WHEN state = 'accepted' THEN done_day::timestamptz END, CASE WHEN state = 'accepted' THEN 'done' ELSE '' END
FROM states;

INSERT INTO flow_caseparty (case_id, party, unit_id)
SELECT n, 'issuer', issuer FROM states UNION ALL SELECT n, 'lead', lead FROM states;

INSERT INTO flow_holding (case_id, step, unit_id, roles, divisions, rests, since, due_on)
SELECT n, CASE state WHEN 'reported' THEN 'reported-done' ELSE state END,
    CASE state WHEN 'reported' THEN issuer ELSE lead END,
    CASE state WHEN 'reported' THEN ARRAY['leader', 'monitor', 'unit-head'] ELSE ARRAY['officer', 'unit-head'] END,
    true, false, assigned_on, due_on
FROM states WHERE state <> 'accepted';

INSERT INTO documents_directive (id, document_id, number, "start", "end", passage, content, folded, product, field, priority,
    issuer_id, lead_id, due_on, due_text, first_due_on, state, percent, assigned_on, acknowledged_on, done_on, closed_on,
    returned, every, due_before_end, case_id, touched_at)
OVERRIDING SYSTEM VALUE
SELECT n, document_id, row_number() OVER (PARTITION BY document_id ORDER BY n), NULL, NULL, content, content,
    translate(lower(content), 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ',
        'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd'), '',
    (ARRAY['science', 'digital', 'innovation', 'property', 'quality', 'market', ''])[1 + floor(kind * 7)],
    CASE WHEN luck < 0.1 THEN 'urgent' ELSE 'normal' END, issuer, lead, due_on, '', due_on, state,
    CASE WHEN state IN ('accepted', 'reported') THEN 100 ELSE floor(kind * 90)::int END, assigned_on,
    CASE WHEN state <> 'assigned' THEN assigned_on END, CASE WHEN state IN ('accepted', 'reported') THEN done_day END,
    CASE WHEN state = 'accepted' THEN done_day END, 0, '', 0, n, now()
FROM states;

INSERT INTO documents_directiveunit (directive_id, unit_id, percent)
SELECT n, (%(leads)s::bigint[])[1 + floor(kind * array_length(%(leads)s::bigint[], 1))], 0 FROM states WHERE n %% 4 = 0;

CREATE INDEX directive_folded_trgm ON documents_directive USING gin (folded gin_trgm_ops)
