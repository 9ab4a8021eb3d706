import { Button } from 'antd';
import { useState } from 'react';
import { problemOf } from '../session/api-problem';
import { useCentre } from '../session/centre';
import { ProblemNote } from '../shell/notes';

/** Fetches a file with the log-in of this tab and hands it to the browser. */
export function Download({
  path,
  name,
  label,
}: {
  readonly path: string;
  readonly name: string;
  readonly label: string;
}) {
  const { api } = useCentre();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const take = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const response = await api.open(path, {});
      if (!response.ok) throw await problemOf(response);
      const address = URL.createObjectURL(await response.blob());
      const link = Object.assign(document.createElement('a'), { href: address, download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    } catch (caught) {
      setError(caught);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <Button size="small" loading={isBusy} onClick={() => void take()}>
        {label}
      </Button>
      {error !== null && <ProblemNote error={error} />}
    </>
  );
}
