import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority in a temporary folder, as an operator would make it with openssl. */
export class Certificates {
  private readonly folder = mkdtempSync(join(tmpdir(), 'anmai-tls-'));

  constructor() {
    this.openssl('req', '-x509', ...newKey('ca'), '-out', 'ca.crt', '-subj', '/CN=ca', '-days', '2');
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  pem(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** `{name}.crt` and `{name}.key`, signed by the authority. */
  issue(name: string): void {
    const request = ['-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
    this.openssl('req', ...newKey(name), ...request);
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
    this.openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.crt`, '-days', '2');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}

const newKey = (name: string): string[] => [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-keyout',
  `${name}.key`,
];
