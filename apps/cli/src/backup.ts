import { backupCommand } from '../../server/src/backup/command';
import { runProgram } from './run-program';

await runProgram(backupCommand());
