/**
 * The `pattern` of a string that may be anything but what PostgreSQL cannot store, or be asked for: U+0000. A schema without it
 * lets such a string through to the database, whose refusal would be answered 500.
 */
export const storableText = '^[^\\u0000]*$'
