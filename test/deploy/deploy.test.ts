import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_SETTINGS } from '../../src/config/schema.ts';
import { TIMES } from '../../src/http/options.ts';

const read = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template: { readonly spec: PodSpec };
    readonly ports: readonly { readonly port: number }[];
  };
  readonly stringData: Readonly<Record<string, string>>;
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
}

interface Container {
  readonly command: readonly string[];
  readonly env: readonly { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

/** The longest run that a request may ask for, in seconds. */
const LONGEST_RUN_S = 120;

describe('kubernetes.yaml', () => {
  const documents = parseAllDocuments(read('kubernetes.yaml'), { uniqueKeys: true });
  const manifests = documents.map((document) => document.toJS() as Manifest);
  const one = (kind: string) => manifests.find((manifest) => manifest.kind === kind);
  const pod = one('Deployment')?.spec.template.spec;
  const container = pod?.containers[0];

  it('is YAML', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'Secret',
      'Deployment',
      'Service',
      'PodDisruptionBudget',
      'NetworkPolicy',
    ]);
  });

  it('sets settings that exist, to values that fit', () => {
    const secret = one('Secret')?.stringData;
    const environment = Object.fromEntries(
      container?.env.map(({ name, value, valueFrom }) => [
        name,
        value ?? secret?.[valueFrom?.secretKeyRef.key ?? ''],
      ]) ?? [],
    );
    const { settings } = loadConfig({ directory: '/', environment, flags: {} });
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      workers: 4,
      metrics: 'open',
      port: container?.ports[0]?.containerPort,
    });
    expect(settings.tokens).toHaveLength(1);
    expect(Object.keys(environment).filter((name) => !(name.slice(6).toLowerCase() in settings))).toEqual([
      'ASSAY_CACHE',
    ]);
    expect(container?.volumeMounts.map(({ mountPath }) => mountPath)).toContain(environment.ASSAY_CACHE);
  });

  it('asks routes that exist, and waits for what is in flight', () => {
    const probes = [container?.startupProbe, container?.readinessProbe, container?.livenessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual([
      { path: '/readyz', port: 'http' },
      { path: '/readyz', port: 'http' },
      { path: '/livez', port: 'http' },
    ]);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(LONGEST_RUN_S);
    expect(pod?.volumes.map(({ name }) => name)).toEqual(container?.volumeMounts.map(({ name }) => name));
  });
});

describe('balancers', () => {
  const seconds = (text: string, directive: RegExp) => Number(directive.exec(text)?.[1]);

  it.each([
    ['nginx.conf', /least_conn;/, /^ +keepalive_timeout (\d+)s/m, /proxy_read_timeout (\d+)s/],
    ['haproxy.cfg', /balance leastconn/, /timeout http-keep-alive (\d+)s/, /timeout server (\d+)s/],
  ])('%s counts connections, closes idle ones first and waits for the longest run', (name, balance, idle, wait) => {
    const text = read(name);
    expect(text).toMatch(balance);
    expect(seconds(text, idle) * 1000).toBeLessThan(TIMES.keepAliveTimeout);
    expect(seconds(text, wait)).toBeGreaterThan(LONGEST_RUN_S);
    expect(text.match(/:8\d{3}\b/g)?.filter((port) => port !== `:${DEFAULT_SETTINGS.port}`)).toEqual(
      name === 'nginx.conf' ? [':8788'] : [],
    );
  });

  it('haproxy.cfg is what HAProxy reads', (context) => {
    context.skip(spawnSync('haproxy', ['-v']).status !== 0, 'no haproxy: install it to check deploy/haproxy.cfg');
    const text = read('haproxy.cfg').replace(' ssl crt /etc/haproxy/assay.pem', '');
    expect(checked(text, (path) => ['haproxy', '-c', '-f', path])).toEqual([0, expect.not.stringContaining('ALERT')]);
  });

  it('nginx.conf is what nginx reads', (context) => {
    context.skip(spawnSync('nginx', ['-v']).status !== 0, 'no nginx: install it to check deploy/nginx.conf');
    const text = read('nginx.conf')
      .replaceAll(/^ *(?:ssl_certificate.*|include .*assay-token.*)$/gm, '')
      .replace(' ssl;', ';');
    // Not its exit code: without rights it fails at what the configuration only names.
    const [, report] = checked(text, (path) => ['nginx', '-t', '-c', path, '-g', 'pid /dev/null; error_log stderr;']);
    expect(report).toContain('syntax is ok');
  });
});

/** Exit code of a program that checks a configuration, and what it says. */
function checked(text: string, command: (path: string) => readonly string[]): [status: number | null, report: string] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-deploy-'));
  try {
    const path = join(folder, 'configuration');
    writeFileSync(path, text);
    const [name = '', ...args] = command(path);
    const { status, stderr } = spawnSync(name, args, { encoding: 'utf8' });
    return [status, stderr];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('assay.service', () => {
  const unit = read('assay.service');
  const entries = unit.split('\n').filter((line) => line !== '' && !/^[#[]/.test(line));

  it('has entries alone, and lets what is in flight be finished', () => {
    expect(entries.filter((line) => !/^[A-Z]\w+=/.test(line))).toEqual([]);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(LONGEST_RUN_S);
    // V8 writes machine code, and programs get namespaces of their own.
    expect(unit).not.toMatch(/MemoryDenyWriteExecute|RestrictNamespaces/);
  });
});
