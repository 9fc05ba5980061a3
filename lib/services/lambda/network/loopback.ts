/** True for hosts that are this machine itself. */
export const isLoopback = (host: string): boolean =>
  /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d+){0,3}|0\.0\.0\.0|\[?::1?\]?|::ffff:127(?:\.\d+){3})$/i.test(host);
