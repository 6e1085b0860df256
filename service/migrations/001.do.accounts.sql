-- Accounts, their sessions and the audit trail.

create table accounts (
  id uuid primary key default gen_random_uuid(),
  username text not null,
  password_hash text not null,
  role text not null default 'shopper',
  -- Every token carries the version it was issued under; raising it ends every session at once.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint account_username_shape check (username ~ '^[A-Za-z0-9_]{3,20}$'),
  constraint account_role_known check (role in ('shopper', 'staff', 'admin'))
);
create unique index account_username_unique on accounts (lower(username));

create table sessions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text,
  constraint session_revocation_has_reason check ((revoked_at is null) = (revoked_because is null)),
  constraint session_revocation_known check (revoked_because in ('logout', 'logout_everywhere', 'refresh_reused', 'password_changed', 'role_changed'))
);
create index session_by_account on sessions (account_id) where revoked_at is null;
create index session_by_expiry on sessions (expires_at);

-- A refresh token is used once; using it again revokes its session (the family).
create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  constraint refresh_token_is_sha256 check (octet_length(token_hash) = 32)
);
create index refresh_token_by_session on refresh_tokens (session_id);

-- A code that staff read out to a shopper who lost the password.
create table password_resets (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts,
  code_hash bytea not null,
  created_by uuid not null references accounts,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz,
  constraint password_reset_is_sha256 check (octet_length(code_hash) = 32)
);
create index password_reset_by_account on password_resets (account_id) where used_at is null;

-- Who changed money, stock or a person's rights. Rows are only ever added.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  actor_role text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  constraint audit_actor_role_known check (actor_role in ('guest', 'shopper', 'staff', 'admin', 'system', 'operator')),
  constraint audit_action_shape check (action ~ '^[a-z_]+\.[a-z_]+$')
);
create index audit_by_subject on audit_log (subject, id);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();
