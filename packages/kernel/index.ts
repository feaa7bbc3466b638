export { declarations } from './config/declarations.ts';
export { parseIni } from './config/ini.ts';
export { type Config, type ConfigSource, loadConfig, siteVariables } from './config/load.ts';
export { ConfigError } from './config/problem.ts';
export {
  denied,
  type ErrorCode,
  type ErrorDict,
  type ErrorValue,
  errorTable,
  invalid,
  invalidMessage,
  missingValue,
  notFound,
  PortolanError,
} from './errors.ts';
export { leanEnvironment } from './lean.ts';
export { createLogger, type Logger, type LogReader, silentLogger } from './log.ts';
export { environment, failStart, type Parent, parent } from './process.ts';
export { type Runtime, rowId, systemRuntime, timestamp } from './runtime.ts';
export { Shutdown } from './shutdown.ts';
export { orWindows1252 } from './windows_1252.ts';
