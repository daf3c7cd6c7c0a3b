import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Tabs from '@cloudscape-design/components/tabs';
import type { Tagged, WorkflowDetail } from '../../api/routes';
import { JsonView } from '../../parts/json-view';
import { RecipeSteps } from './recipe-steps';
import { VersionHistory } from './versions/history';

/** The recipe as steps and as JSON, and its earlier versions. */
export function RecipeTabs({ workflow }: { workflow: Tagged<WorkflowDetail> }) {
  return (
    <Container header={<Header variant="h2">Recipe</Header>}>
      <Tabs
        ariaLabel="Recipe"
        tabs={[
          { id: 'steps', label: 'Steps', content: <RecipeSteps recipe={workflow.recipe} /> },
          { id: 'json', label: 'JSON', content: <JsonView value={workflow.recipe} name="recipe" /> },
          { id: 'versions', label: 'Versions', content: <VersionHistory workflow={workflow} /> },
        ]}
      />
    </Container>
  );
}
