import { Command } from '@commander-js/extra-typings';
import { loadConfig } from '../../config/load.ts';
import { VERSION } from '../../config/version.ts';
import { printable } from '../../report/printable.ts';
import type { Style } from '../../report/result.ts';
import { createStyle } from '../../report/style.ts';
import type { Finding } from '../doctor/check.ts';
import { daemonChecks } from '../doctor/daemon.ts';
import { keyCheck } from '../doctor/keys.ts';
import { MACHINE_CHECKS } from '../doctor/machine.ts';
import { predictorChecks } from '../doctor/predictors.ts';
import { CPYTHON_CHECK, PYTHON_CHECKS } from '../doctor/python.ts';
import { EXIT } from '../exit-codes.ts';
import { write } from '../output.ts';
import { colorOption, debugOption } from '../shared-options.ts';
import { wantsColour } from '../terminal.ts';

export function doctorCommand() {
  return new Command('doctor')
    .summary('check this machine')
    .description('Check what Assay needs of this machine, and say what to do. Exit code 2 if anything is wrong.')
    .option('--json', 'one JSON object')
    .option('--config <file>', 'settings file in place of the nearest assay.config.json')
    .addOption(colorOption())
    .addOption(debugOption())
    .action(async ({ json = false, color, config: file }) => {
      const { stdout, env } = process;
      const config = loadConfig({ directory: process.cwd(), file, environment: env, flags: {} });
      const style = createStyle(wantsColour(color, stdout, env));
      const checks = [
        ...MACHINE_CHECKS,
        ...PYTHON_CHECKS,
        CPYTHON_CHECK,
        ...predictorChecks(config),
        keyCheck(config.settings.keys),
        ...daemonChecks(env.ASSAY_URL),
      ];
      const findings: Finding[] = [];
      for (const check of checks) {
        const finding = await check();
        findings.push(finding);
        if (!json) await write(stdout, line(finding, style));
      }
      const ok = findings.every((finding) => finding.ok !== false);
      if (json) await write(stdout, `${JSON.stringify({ assay: VERSION, ok, checks: findings })}\n`);
      process.exitCode = ok ? EXIT.ok : EXIT.failed;
    });
}

function line({ name, ok, detail, fix }: Finding, style: Style): string {
  const sign = ok === null ? '· info' : ok ? style('right', '✓ ok  ') : style('wrong', '✗ FAIL');
  const help = fix === undefined ? '' : `\n         fix: ${fix}`;
  return `${sign} ${name}: ${printable(detail)}${help}\n`;
}
