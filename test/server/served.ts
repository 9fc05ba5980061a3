import { SFNClient } from '@aws-sdk/client-sfn';
import type { ServerOptions } from '../../lib/server/server-options';
import { type Server, startServer } from '../../lib/server/start-server';

/** A server on a free port, and the real client of the SDK. Both end with the test's file. */
export async function served(options: ServerOptions = {}): Promise<{ readonly server: Server; readonly client: SFNClient }> {
  const server = await startServer({ port: 0, ...options });
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  open.push(async () => {
    client.destroy();
    await server.close();
  });
  return { server, client };
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
