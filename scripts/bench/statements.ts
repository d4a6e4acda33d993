import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface StatementCounter {
  /** The database's address through the counter. */
  url: string;
  counted: () => number;
  close: () => void;
}

const query = 0x03;
const executePrepared = 0x17;
/** Comes by the clock, not by the request. */
const looksHowFresh = /\bfrom counter\b/;

/**
 * Stands between a server and its database and counts the statements that pass, exactly and of nobody else: the
 * database's own counters are of all its clients. For counting only, never while anything is timed.
 */
export async function countStatements(url: string): Promise<StatementCounter> {
  const address = new URL(url);
  const [port, host] = [Number(address.port || 3306), address.hostname.replace(/^\[|\]$/g, '')];
  const sockets = new Set<Socket>();
  let counted = 0;
  const relay = createServer((client) => {
    const database = connect(port, host);
    for (const socket of [client, database]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', () => [client, database].forEach((each) => each.destroy()));
    }
    client.on(
      'data',
      commandsOf((command, text) => {
        if (command === executePrepared || (command === query && !looksHowFresh.test(text))) counted += 1;
      }),
    );
    client.pipe(database).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  address.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  return {
    url: address.href,
    counted: () => counted,
    close: () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads what a client sends as packets of MySQL's protocol and tells each command, the first byte of a packet 0, with its text. */
function commandsOf(tell: (command: number, text: string) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  let rest = 0;
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const skipped = Math.min(rest, pending.length);
      pending = pending.subarray(skipped);
      rest -= skipped;
      if (rest > 0 || pending.length < 5) return;
      const length = 4 + pending.readUIntLE(0, 3);
      if (pending.length < length) return;
      if (pending[3] === 0) tell(pending[4]!, pending.toString('latin1', 5, length));
      rest = length;
    }
  };
}
