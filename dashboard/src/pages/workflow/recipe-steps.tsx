import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import List from '@cloudscape-design/components/list';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Json } from '../../../../functions/domain/json';
import { isObject } from '../../parts/json';
import { plural } from '../../parts/plural';
import { stepsIn } from '../../workflow/steps-in';
import { describeStep } from './describe-step';

/** A stored recipe in words. It may have been stored before a rule existed, so none of its parts is assumed to be valid. */
export function RecipeSteps({ recipe }: { recipe: Json }) {
  const steps = stepsIn(recipe);
  const continues = isObject(recipe) && recipe['continue_on_error'] === true;
  return (
    <SpaceBetween size="s">
      <Box color="text-body-secondary">
        {plural(steps.length, 'step')}.{' '}
        {continues ? 'The run continues after a failed step.' : 'The run stops at the first step that fails.'}
      </Box>
      {steps.length === 0 && <Alert type="warning">This recipe has no steps to show. See its JSON.</Alert>}
      <List
        ariaLabel="Steps of the recipe"
        tagOverride="ol"
        items={steps.map((step, index) => ({ index, ...describeStep(step) }))}
        renderItem={({ index, type, text, icon }) => ({
          id: String(index),
          content: `${index + 1}. ${type}`,
          secondaryContent: <div className="recipe-step">{text}</div>,
          icon,
        })}
      />
    </SpaceBetween>
  );
}
