import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';

/** An answer over HTTP; undefined: the connection was cut. */
export type WireAnswer = { readonly status: number; readonly body: string } | undefined;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

afterAll(() => agent.destroy());

/** A request without the SDK, as anybody may write it. */
export function wire(
  port: number,
  {
    target,
    body = '',
    method = 'POST',
    headers = {},
  }: {
    readonly target?: string | undefined;
    readonly body?: string | Uint8Array;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        agent,
        method,
        headers: { ...(target === undefined ? {} : { 'X-Amz-Target': target }), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', () => resolve(undefined));
      },
    );
    request.on('error', () => resolve(undefined)).end(body);
  });
}

/** Writes the pieces to a socket with pauses between them, and then cuts it or waits for the answer. */
export function dribble(
  port: number,
  pieces: readonly (string | Uint8Array)[],
  { pauseMs, cut }: { readonly pauseMs: number; readonly cut: boolean },
): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const end = (): void => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve(status === undefined ? undefined : { status: Number(status), body: text.slice(text.indexOf('\r\n\r\n') + 4) });
    };
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\r\n\r\n')) socket.end();
    });
    socket.on('error', end).on('close', end);
    const write = (index: number): void => {
      const piece = pieces[index];
      if (piece !== undefined && !socket.destroyed) {
        socket.write(piece);
        setTimeout(() => write(index + 1), pauseMs);
      } else if (cut) socket.destroy();
    };
    socket.on('connect', () => write(0));
  });
}
