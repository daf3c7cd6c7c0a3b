import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Workflow } from '../../api/routes';
import { declaredIn, type Declared } from '../../workflow/declared-inputs';
import { choicesOf, limitsInWords, typeInWords, valueInWords } from '../../workflow/input-words';

const columns: readonly TableProps.ColumnDefinition<Declared>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    minWidth: 120,
    cell: ([name]) => <Box variant="code">{name}</Box>,
  },
  { id: 'type', header: 'Type', minWidth: 120, cell: ([, input]) => typeInWords(input) },
  {
    id: 'needed',
    header: 'If left out',
    minWidth: 140,
    cell: ([, { required, default: preset }]) => {
      if (required === true) return 'Required';
      return preset === undefined ? 'Optional' : `${valueInWords(preset)} is used`;
    },
  },
  { id: 'limits', header: 'Limits', minWidth: 150, cell: ([, input]) => limitsOf(input) ?? '–' },
  {
    id: 'description',
    header: 'Description',
    minWidth: 200,
    cell: ([, { description, example }]) => (
      <>
        {description ?? (example === undefined && '–')}
        {example !== undefined && (
          <Box variant="small" display="block">
            Example: {valueInWords(example)}
          </Box>
        )}
      </>
    ),
  },
];

/** What a run of the workflow takes, by name. Nothing is shown of a recipe that declares nothing. */
export function DeclaredInputs({ workflow }: { workflow: Workflow }) {
  const declared = declaredIn(workflow);
  if (declared.length === 0) return null;
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${declared.length})`} description="What a run takes. Run now asks for it.">
          Inputs
        </Header>
      }
      columnDefinitions={columns}
      items={declared}
      trackBy={([name]) => name}
      wrapLines
      ariaLabels={{ tableLabel: 'Inputs of this workflow' }}
    />
  );
}

function limitsOf(input: Declared[1]): string | undefined {
  const choices = input.type === 'boolean' ? undefined : choicesOf(input);
  return choices === undefined ? limitsInWords(input) : `One of: ${choices.map((one) => valueInWords(one)).join(', ')}`;
}
