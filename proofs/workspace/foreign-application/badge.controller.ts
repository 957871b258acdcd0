import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { BadgeService } from './badge.service';

@Controller('badges')
export class BadgeController {
  constructor(private readonly badges: BadgeService) {}

  @Post()
  order(@Body() body: { mail: string }) {
    return this.badges.order(body.mail);
  }

  @Post(':id/code')
  async activate(@Param('id') id: string, @Body() body: { code: string; inVain?: boolean }) {
    const act = body.inVain ? this.badges.activateInVain(id, body.code) : this.badges.activate(id, body.code);
    return { outcome: await act };
  }

  @Get(':id')
  async get(@Param('id') id: string) {
    return { active: await this.badges.isActive(id) };
  }
}
