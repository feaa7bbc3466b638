/**
 * Joined to a bookkeeping statement it lets the commit return before the disk has it. Should the database crash
 * in that moment a job is handed out or run once more, which it has to stand anyway; and a handler's own commit,
 * which does wait, brings to disk whatever came before it. The row that asks for a job never relies on this.
 */
export const lazily = "set_config('synchronous_commit', 'off', true) AS lazily";
