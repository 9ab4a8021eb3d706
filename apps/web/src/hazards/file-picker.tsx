import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useCentre } from '../session/centre';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { sendFile } from './send-file';

interface PickerProps {
  readonly label: string;
  readonly kind: 'photo' | 'document';
  readonly accept: string;
  /** SHA-256 of what is in. */
  readonly files: readonly string[];
  readonly onFiles: (files: readonly string[]) => void;
  readonly single?: boolean;
  readonly testId: string;
}

/** Files that are sent as they are chosen; what is in is counted, with the first digits of each hash. */
export function FilePicker({ label, kind, accept, files, onFiles, single, testId }: PickerProps) {
  const { t } = useWords();
  const { api } = useCentre();
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: async (chosen: readonly File[]) => {
      const hashes: string[] = [];
      for (const file of chosen) hashes.push(await sendFile(api, file, kind));
      return hashes;
    },
    onSuccess: hashes => onFiles(single === true ? hashes.slice(-1) : [...new Set([...files, ...hashes])]),
  });
  return (
    <div className="file-picker">
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={single !== true}
        data-testid={testId}
        onChange={event => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) send.mutate(chosen);
        }}
      />
      <Button size="small" loading={send.isPending} onClick={() => input.current?.click()}>
        {label}
      </Button>
      {files.length > 0 && (
        <span className="quiet num" data-testid={`${testId}-in`}>
          {t('haz.filesIn', { n: files.length })} {files.map(each => each.slice(0, 8)).join(' ')}
        </span>
      )}
      {send.isError && <ProblemNote error={send.error} />}
    </div>
  );
}
