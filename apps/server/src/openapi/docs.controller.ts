import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { Open } from '@anmai/nest';
import { TIMEZONE } from '../api/ports';
import { asyncApiDocument } from './asyncapi';
import { docsPage } from './docs-page';
import { OpenApiSource } from './document';

/** The description of everything: it says nothing that the source does not, so anyone may read it. */
@ApiExcludeController()
@Controller('api')
export class DocsController {
  private readonly async = asyncApiDocument();

  constructor(
    @Inject(OpenApiSource) private readonly source: OpenApiSource,
    @Inject(TIMEZONE) private readonly timezone: string,
  ) {}

  @Get('openapi.json')
  @Open('documentation')
  openApi(): OpenAPIObject {
    return this.source.document();
  }

  @Get('asyncapi.json')
  @Open('documentation')
  asyncApi(): object {
    return this.async;
  }

  @Get('docs')
  @Open('documentation')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return docsPage(this.source.document(), this.timezone);
  }
}
