import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What a partner's machine took, in the order it did. */
export interface Inbox {
  secrets: string[];
  /** The id of each message that it took, or of which it will be thought that it did not. */
  ids: string[];
  cursors: string[];
  badSignatures: number;
}

export interface PartnerMachine {
  port: number;
  /** The inbox of a path; one whose name begins with `poison` takes nothing. */
  inboxes: Map<string, Inbox>;
  refused: number;
  reset: number;
  /** Is gone for a while, with everything that was open. */
  outage(ms: number): Promise<void>;
  stop(): void;
}

/** A machine that answers one in five with 503, and now and then takes something and dies before it can say so. */
export async function startPartnerMachine(): Promise<PartnerMachine> {
  const inboxes = new Map<string, Inbox>();
  let server: Server;
  const start = async (port: number) => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const inbox = inboxes.get(request.url!.slice(1))!;
        if (request.url!.startsWith('/poison')) return void response.writeHead(500).end();
        if (Math.random() < 0.2) {
          machine.refused += 1;
          return void response.writeHead(503).end();
        }
        const body = Buffer.concat(pieces).toString();
        const headers = request.headers as Record<string, string>;
        if (!inbox.secrets.some((secret) => isSigned(secret, body, headers))) inbox.badSignatures += 1;
        inbox.ids.push(headers['webhook-id']!);
        inbox.cursors.push((JSON.parse(body) as { data: { cursor: string } }).data.cursor);
        if (Math.random() < 0.03) {
          machine.reset += 1;
          return void request.socket.resetAndDestroy();
        }
        response.writeHead(204).end();
      });
    }).listen(port, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return (server.address() as AddressInfo).port;
  };
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const machine: PartnerMachine = {
    port: 0,
    inboxes,
    refused: 0,
    reset: 0,
    outage: async (ms) => {
      stop();
      await new Promise((resolve) => setTimeout(resolve, ms));
      await start(machine.port);
    },
    stop,
  };
  machine.port = await start(0);
  return machine;
}

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
