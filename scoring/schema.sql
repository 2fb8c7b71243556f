-- Result tables of a generation. The tables of definitions and facts are made from the declaration in tables.py.
-- Points and values are kept to twenty decimals, far beyond what is shown; what decides ranks (index_value) is exact.

CREATE TABLE result_index (  -- grain: one row per period and unit
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    unit_name VARCHAR NOT NULL,
    self_points DECIMAL(38, 20),
    appraised_points DECIMAL(38, 20),
    survey_points DECIMAL(38, 20),
    points DECIMAL(38, 20),
    max_points DECIMAL(38, 20),
    appraised_max DECIMAL(38, 20),
    survey_max DECIMAL(38, 20),
    self_index DECIMAL(18, 10),
    appraised_index DECIMAL(18, 10),
    index_exact DECIMAL(18, 10),  -- before the published rounding
    index_value DECIMAL(18, 10),
    index_low DECIMAL(18, 10),
    index_high DECIMAL(18, 10),
    se_index DOUBLE,
    "rank" INTEGER,
    rank_low INTEGER,
    rank_high INTEGER,
    status VARCHAR NOT NULL,
    PRIMARY KEY (period, unit_code)
);

CREATE TABLE result_items (  -- grain: one row per period, unit and item; criterion_code '' is the total
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    criterion_code VARCHAR NOT NULL,
    assessed_by VARCHAR,
    self_points DECIMAL(38, 20),
    appraised_points DECIMAL(38, 20),
    survey_points DECIMAL(38, 20),
    points DECIMAL(38, 20),
    max_points DECIMAL(38, 20),
    appraised_max DECIMAL(38, 20),
    survey_max DECIMAL(38, 20),
    attainment DECIMAL(38, 20),
    gap DECIMAL(38, 20),
    state VARCHAR,
    PRIMARY KEY (period, unit_code, criterion_code)
);

CREATE TABLE result_survey (  -- grain: one row per period, unit, leaf and respondent group with ballots
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    criterion_code VARCHAR NOT NULL,
    respondent_group VARCHAR NOT NULL,
    weight DECIMAL(38, 20) NOT NULL,
    n_ballots INTEGER NOT NULL,
    n_valid INTEGER,  -- empty where suppressed, as are value and interval
    "value" DECIMAL(38, 20),
    ci_low DOUBLE,
    ci_high DOUBLE,
    suppressed BOOLEAN NOT NULL,
    complement BOOLEAN NOT NULL,  -- suppressed for another group's sake alone
    withheld BOOLEAN NOT NULL,  -- not published: a suppressed cell could be worked out from it
    revealed BOOLEAN NOT NULL,  -- suppressed, and yet given away by the official points
    PRIMARY KEY (period, unit_code, criterion_code, respondent_group)
);

CREATE TABLE result_answers (  -- grain: one row per period, unit, respondent group, question and option
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    respondent_group VARCHAR NOT NULL,
    question_code VARCHAR NOT NULL,
    "option" VARCHAR NOT NULL,
    n INTEGER,  -- empty where suppressed
    suppressed BOOLEAN NOT NULL,
    withheld BOOLEAN NOT NULL,  -- not published: a leaf that the question serves is withheld
    PRIMARY KEY (period, unit_code, respondent_group, question_code, "option")
);

CREATE TABLE rank_probabilities (  -- grain: one row per period, unit and rank that a replicate gave it
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    "rank" INTEGER NOT NULL,
    probability DOUBLE NOT NULL,
    PRIMARY KEY (period, unit_code, "rank")
);

CREATE TABLE index_covariance (  -- grain: one row per period and pair of units of a block; sampling error of the index
    period VARCHAR NOT NULL,
    unit_group VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    other_code VARCHAR NOT NULL,
    covariance DOUBLE NOT NULL,
    PRIMARY KEY (period, unit_code, other_code)
);

CREATE TABLE imports (  -- grain: one row per import, retracted ones too
    import_id INTEGER PRIMARY KEY,
    imported_at TIMESTAMP NOT NULL,  -- UTC
    "by" VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    made_up BOOLEAN NOT NULL,
    retracted_at TIMESTAMP,
    retracted_by VARCHAR,
    retract_reason VARCHAR
);

CREATE TABLE import_files (  -- grain: one row per import and file
    import_id INTEGER NOT NULL,
    "file" VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (import_id, "file")
);

CREATE TABLE import_tables (  -- grain: one row per import and table
    import_id INTEGER NOT NULL,
    "table" VARCHAR NOT NULL,
    n_rows INTEGER NOT NULL,
    n_replaced INTEGER NOT NULL,  -- rows that counted before this import and no longer after it
    PRIMARY KEY (import_id, "table")
);

CREATE TABLE superseded_scores (  -- grain: one row per earlier value of a self or appraised score
    kind VARCHAR NOT NULL,  -- 'self' or 'appraised'
    period VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    criterion_code VARCHAR NOT NULL,
    round INTEGER,
    points DECIMAL(28, 15),
    not_applicable BOOLEAN NOT NULL,
    appraiser VARCHAR,
    reason VARCHAR,
    import_id INTEGER NOT NULL,
    "file" VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    superseded_by INTEGER  -- the import that replaced it; empty where its import was retracted
);

CREATE TABLE result_flags (  -- grain: one row per thing to look at
    period VARCHAR NOT NULL,
    unit_code VARCHAR,
    criterion_code VARCHAR,
    respondent_group VARCHAR,
    flag VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,  -- info, look or block
    detail STRUCT(  -- what the flag rests on; which parts a flag has stands in results.py
        submitted_on DATE, due DATE, "rows" INTEGER, points DECIMAL(28, 15), "self" DECIMAL(28, 15),
        appraised DECIMAL(28, 15), "max" DECIMAL(28, 15), leaves INTEGER, issued INTEGER, returned INTEGER,
        ballots INTEGER, population INTEGER, appraiser VARCHAR, round INTEGER, "before" VARCHAR, "after" VARCHAR,
        "index" DECIMAL(28, 15), "rank" INTEGER
    ) NOT NULL,
    "file" VARCHAR,
    "row" INTEGER
);

CREATE TABLE meta (  -- grain: one row per property of the generation
    "key" VARCHAR PRIMARY KEY,
    "value" VARCHAR NOT NULL
);
