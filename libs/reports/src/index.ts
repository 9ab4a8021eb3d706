export * from './doc';
export * from './errors';
export { pdfOf } from './pdf/pdf-of';
export * from './sheet/sheet';
export { csvOf } from './sheet/csv-of';
export { xlsxOf } from './sheet/xlsx-of';
