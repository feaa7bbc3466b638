import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface MailServer {
  /** `host:port`, as `smtp.server` has it. */
  address: string;
  /** What has arrived and nobody has taken yet. */
  inbox: ParsedMail[];
  /** Answers every mail with this until it is undefined again. */
  refusal: string | undefined;
  close(): Promise<void>;
}

/** A real SMTP server that keeps what it is sent. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const state: MailServer = { address: '', inbox: [], refusal: undefined, close: async () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    ...options,
    async onData(stream, _session, callback) {
      const mail = await simpleParser(stream);
      if (state.refusal) return callback(Object.assign(new Error(state.refusal), { responseCode: 554 }));
      state.inbox.push(mail);
      callback();
    },
  });
  server.on('error', () => {}); // A client that hangs up, which tests mean to do.
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  state.address = `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  state.close = () => new Promise((resolve) => server.close(() => resolve()));
  return state;
}
