import type { ServerType } from "@hono/node-server";

const portsToTry = 20;

/**
 * Listens on 127.0.0.1, on the given port or the next free one; 0 takes any.
 *
 * @returns the port
 * @throws Error when 20 ports in a row are taken
 */
export async function listenOnLoopback(server: ServerType, firstPort: number): Promise<number> {
  for (let port = firstPort; port < firstPort + portsToTry; port += 1) {
    const got = await tryPort(server, port);
    if (got !== null) return got;
  }
  throw new Error(`The ports ${firstPort} to ${firstPort + portsToTry - 1} are all taken; choose one with --port.`);
}

function tryPort(server: ServerType, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    };
    server.once("error", onError);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", onError);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
