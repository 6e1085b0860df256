/**
 * The `pattern` of a string that may be anything but what PostgreSQL refuses: U+0000 in any text, and half of a surrogate pair in jsonb
 * (the audit trail, events). A schema without it lets such a string through to the database, whose refusal would be answered 500.
 */
export const storableText = '^[^\\u0000\\ud800-\\udfff]*$'
