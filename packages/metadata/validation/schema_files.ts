import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { XmlBufferInputProvider, type XmlInputProvider, xmlRegisterInputProvider } from 'libxml2-wasm';

const folder = fileURLToPath(new URL('../schemas/', import.meta.url));
/** What schemas call each other by; leads nowhere but into the folder. */
const scheme = 'portolan-schema:/';

export const schemaUrl = (name: string): string => scheme + name;

export const readSchemaFile = (name: string): Buffer => readFileSync(path.join(folder, name));

/** The only door through which libxml2 reads anything: files of the folder, by their own scheme. */
class SchemaFolder implements XmlInputProvider {
  private readonly buffers = new XmlBufferInputProvider({});

  match(url: string): boolean {
    return url.startsWith(scheme);
  }

  open(url: string): number | undefined {
    const file = path.join(folder, decodeURIComponent(url.slice(scheme.length)));
    if (!file.startsWith(folder) || !existsSync(file)) return undefined;
    if (!this.buffers.match(url)) this.buffers.addBuffer(url, readFileSync(file));
    return this.buffers.open(url);
  }

  read(fd: number, buffer: Uint8Array): number {
    return this.buffers.read(fd, buffer);
  }

  close(fd: number): boolean {
    return this.buffers.close(fd);
  }
}

let registered = false;

/** Opens the door, once in the life of the process. */
export function registerSchemaFolder(): void {
  if (registered) return;
  registered = true;
  xmlRegisterInputProvider(new SchemaFolder());
}
