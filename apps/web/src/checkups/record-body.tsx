import { askedItems, CONCLUSION_NOTE_PATH, type AskedItem, type CheckupForm } from '@anmai/lifecycle';
import type { CheckupRecordShape } from '@anmai/wire';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { answerText, itemName } from './answer-words';
import { useBlob } from './checkup-data';

/** What was found, then each section, photos where they belong, and who signed. */
export function RecordBody({
  record,
  form,
}: {
  readonly record: CheckupRecordShape;
  readonly form: CheckupForm;
}) {
  const { t, lang } = useWords();
  const asked = askedItems(form, record.answers);
  const note = record.answers[CONCLUSION_NOTE_PATH];
  return (
    <>
      {note?.kind === 'text' && <p>{note.text}</p>}
      <Findings record={record} asked={asked} />
      <div className="file-sections">
        {form.sections.map(section => (
          <section key={section.id} data-section={section.id}>
            <h3>{section.name[lang]}</h3>
            <dl className="checkup-answers">
              {asked
                .filter(each => each.section === section.id)
                .map(each => (
                  <Answer key={each.path} asked={each} record={record} />
                ))}
            </dl>
          </section>
        ))}
      </div>
      <h3>{t('chk.signatures')}</h3>
      <ul className="checkup-signatures">
        {record.signatures.map(({ name, certificate, signedAt, fileId }) => (
          <li key={fileId}>
            <Evidence sha256={hashOf(record, fileId)} alt={name} />
            <span>
              {name} <span className="quiet">{certificate}</span>
            </span>
            <time className="num quiet">{fullTime(Date.parse(signedAt))}</time>
          </li>
        ))}
      </ul>
    </>
  );
}

const hashOf = (record: CheckupRecordShape, fileId: string): string | null =>
  record.attachments.find(each => each.fileId === fileId)?.sha256 ?? null;

function Findings({
  record,
  asked,
}: {
  readonly record: CheckupRecordShape;
  readonly asked: readonly AskedItem[];
}) {
  const words = useWords();
  const { t } = words;
  if (record.findings.length === 0) return <p className="quiet">{t('chk.noFindings')}</p>;
  return (
    <table className="findings" data-testid="findings">
      <tbody>
        {record.findings.map(({ path, level, why, value, limit, mark }) => {
          const at = asked.find(each => each.path === path);
          const answer = record.answers[path];
          return (
            <tr key={`${path} ${why}`} data-level={level}>
              <td>
                <span className={`due-badge level-${level}`}>{t(`chkLevel.${level}`)}</span>
              </td>
              <td>{at === undefined ? path : itemName(words, at)}</td>
              <td>{at === undefined || answer === undefined ? value : answerText(words, at.item, answer)}</td>
              <td className="num quiet">
                {limit !== null && t(why === 'growth' ? 'chk.before' : 'chk.limit', { limit })}
                {mark?.status === 'provisional' && (
                  <span className="provisional" title={mark.source}>
                    {' '}
                    {t('chk.provisional')}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Answer({ asked, record }: { readonly asked: AskedItem; readonly record: CheckupRecordShape }) {
  const words = useWords();
  const answer = record.answers[asked.path];
  return (
    <>
      <dt>{itemName(words, asked)}</dt>
      <dd className={answer?.kind === 'cannot' ? 'blind-note' : ''}>
        {answer === undefined ? '—' : answerText(words, asked.item, answer)}
        {answer?.kind === 'photos' && (
          <div className="evidence">
            {answer.ids.map(id => (
              <Evidence key={id} sha256={hashOf(record, id)} alt={itemName(words, asked)} />
            ))}
          </div>
        )}
      </dd>
    </>
  );
}

/** A picture that has not arrived yet says so: an empty place would read as "no photo was taken". */
function Evidence({ sha256, alt }: { readonly sha256: string | null; readonly alt: string }) {
  const { t } = useWords();
  const url = useBlob(`/files/${sha256 ?? 'none'}`).data;
  return typeof url === 'string' ? (
    <a href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={alt} />
    </a>
  ) : (
    <span className="evidence-missing">{t('chk.notArrived')}</span>
  );
}
